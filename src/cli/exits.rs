//! Exit codes and environment variables, for `explain`, the manual page and the documentation.
//!
//! In: nothing. Out: the lists. Not here: the exit code of a run (each command), the effect of a variable
//! (the code that reads it).

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

impl Ending {
    /// Returns the case in which `command` ends with this code; `None` if only the general meaning applies.
    pub fn of(&self, command: &str) -> Option<&'static str> {
        let mut of = self.of.iter();
        of.find_map(|(named, when)| (*named == command).then_some(*when))
    }
}

/// Every environment variable that the program or its libraries read. None of them changes a result.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("COLUMNS", "width of the screen, between 80 and 100"),
    ("LC_ALL", "with another charset than UTF-8: bars and signs in ASCII"),
    ("LC_CTYPE", "the same, where `LC_ALL` is empty"),
    ("LANG", "the same, where both are empty"),
    ("NO_COLOR", "any text: no color"),
    ("TAILWHEEL_SIMD", "`baseline`, `avx2` or `avx512`: highest level of vector instructions to use"),
    ("RUST_BACKTRACE", "1: an internal error prints its place in the source"),
    ("GITHUB_ACTIONS", "`true`: `--annotate auto` writes workflow commands"),
    ("GITHUB_STEP_SUMMARY", "file to which `--annotate` appends `summary.md` on GitHub"),
    ("GITHUB_WORKSPACE", "root of the repository, for file names in GitHub annotations"),
];
