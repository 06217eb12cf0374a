import CommandSupport

runTool(
  TrainCommand.self,
  subcommands: ["train": TrainCommand.self, "export": ExportCommand.self, "inspect": InspectCommand.self])
