//! Exit codes: what a command returns, and their meanings for `explain`, the manual page and the documentation.
//!
//! In: nothing. Out: [`Exit`], the list of meanings. Not here: the exit code of a run (each command).

/// Exit code of a command. The numbers are documented and stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The command succeeded.
    Done = 0,
    /// The command completed, but a gate or a check failed.
    No = 1,
    /// An error prevented a result: wrong usage, an invalid scenario, a file that cannot be read or written.
    Failed = 2,
    /// The user stopped the command.
    Interrupted = 130,
}

/// An exit code, with its meaning for all commands and for single ones.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    pub code: &'static str,
    pub title: &'static str,
    pub doc: &'static str,
    /// Commands, each with the case in which it ends with this code.
    pub of: &'static [(&'static str, &'static str)],
}

/// All exit codes of the program, in rising order.
pub const EXITS: &[Ending] = &[
    Ending {
        code: "0",
        title: "Done",
        doc: "The command succeeded, and its output is complete. A pipe that closes early, as in `| head`, is \
              no error.",
        of: &[
            ("check", "every file is a valid scenario"),
            (
                "batch",
                "every gate passes and nothing changed; with `--shard`, the scenarios were simulated, and `merge` \
                 judges their gates",
            ),
            ("merge", "as for the command without `--shard`"),
        ],
    },
    Ending {
        code: "1",
        title: "A gate or check failed",
        doc: "The command completed and wrote all of its files, but a gate or a check failed.",
        of: &[
            (
                "run",
                "a gate (`[[expect]]`) of a file failed or is inconclusive; with `--deny-warnings`, a report has a \
                 warning about its scenario or its sampling",
            ),
            (
                "merge",
                "as for the command of the parts or shards; with `--check`, a part is missing, damaged, duplicated or from \
                 another run",
            ),
            ("compare", "a measure is worse, differs, or differs by one bit, as `--fail-on` specifies"),
            (
                "batch",
                "a gate failed or is inconclusive, a result changed, disappeared or cannot be compared, a gate of the \
                 baseline disappeared or became weaker, or a scenario of the baseline is missing",
            ),
            ("solve", "no value between the bounds meets the target"),
            ("verify", "a check failed: do not use this program"),
        ],
    },
    Ending {
        code: "2",
        title: "Error",
        doc: "The command line, a scenario, a file or the machine prevented a result. Standard error shows the \
              place, the rule and what to write instead. Nothing is written for the faulty scenario, unless the error \
              reports that its files are written.",
        of: &[
            (
                "run",
                "one scenario is invalid, so nothing is simulated; with `--part` or `--blocks`, the file of the part \
                 exists and is from another run or program, or cannot be read",
            ),
            ("check", "a file is not a valid scenario"),
            ("batch", "a file could not be read or simulated; the other scenarios are reported"),
            (
                "merge",
                "a part of a run or a shard of a study is missing, damaged or a duplicate. It may also be from another \
                 run or study. A batch with a missing shard reports the others. With `--check`, a part cannot be read",
            ),
        ],
    },
    Ending {
        code: "130",
        title: "Interrupted",
        doc: "Ctrl-C or SIGTERM stopped the command. Finished scenarios keep their files. Nothing is written for the \
              scenario that was running.",
        of: &[
            ("run", "with `--part` or `--blocks`, the next attempt continues from the last checkpoint"),
            ("batch", "interrupted; finished scenarios are in the cache"),
        ],
    },
];
