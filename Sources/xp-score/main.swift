import CommandSupport

runTool(ScoreCommand.self, subcommands: ["score": ScoreCommand.self, "pool": PoolCommand.self])
