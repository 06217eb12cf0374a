import CommandSupport

runTool(
  TrainCommand.self,
  subcommands: [
    "train": TrainCommand.self, "examples": ExamplesCommand.self, "export": ExportCommand.self,
    "inspect": InspectCommand.self,
  ])
