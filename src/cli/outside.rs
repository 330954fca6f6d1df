//! Exit codes and environment variables, for `explain`, the manual page and the documentation.
//!
//! In: nothing. Out: the lists. Not here: the choice of the code (each command), the reading of a variable.

/// An exit code, its meaning for every command and for single ones.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    pub code: &'static str,
    pub title: &'static str,
    pub doc: &'static str,
    /// A command, and the case in which it ends with this code.
    pub of: &'static [(&'static str, &'static str)],
}

/// Every exit code.
pub const EXITS: &[Ending] = &[
    Ending {
        code: "0",
        title: "Success",
        doc: "The command finished and its output is complete. A reader that stops early, as in `| head`, is no \
              error.",
        of: &[
            ("check", "every file is a valid scenario"),
            (
                "batch",
                "every gate passes and no figure changed. With `--shard`: its scenarios were simulated, \
                 whether or not their gates pass",
            ),
            ("merge", "the same as the command without `--shard`"),
        ],
    },
    Ending {
        code: "1",
        title: "A check failed",
        doc: "The command finished and its output is complete, but a gate, a comparison or a verification failed.",
        of: &[
            (
                "run",
                "a gate (`[[expect]]`) fails or is inconclusive. With `--deny-warnings`: the report has a warning \
                 about its scenario or its sampling",
            ),
            (
                "compare",
                "a figure is worse, differs, or differs by one bit, as `--fail-on` selects",
            ),
            (
                "batch",
                "a gate fails or is inconclusive. Or: a figure changed, is absent or cannot be compared. Or: a gate \
                 or a scenario of the baseline is missing, or a gate is less strict",
            ),
            (
                "merge",
                "the same as `run`, or as the command without `--shard`. With `--check`: a part is missing, \
                 damaged, present twice or from another run",
            ),
            ("verify", "a check fails. Do not use this program"),
        ],
    },
    Ending {
        code: "2",
        title: "Error",
        doc: "The command line, a scenario, a file, the memory or the machine caused an error. Standard error has the place, \
              the rule and the correction. No file is written for that scenario, unless the error says so.",
        of: &[
            (
                "run",
                "one scenario is invalid; then none is simulated. With `--part` or `--blocks`: the file of the part \
                 belongs to another run or program, or cannot be read",
            ),
            ("check", "a file is not a valid scenario"),
            (
                "batch",
                "a file could not be read or simulated. The other files are reported",
            ),
            (
                "merge",
                "a part or shard is missing, damaged, present twice or from another run. With `--check`: a part \
                 cannot be read. If a shard of a batch is missing, the others are reported",
            ),
        ],
    },
    Ending {
        code: "130",
        title: "Interrupted",
        doc: "Ctrl-C or SIGTERM stopped the command. Finished scenarios keep their files; the interrupted one has \
              none.",
        of: &[
            (
                "run",
                "with `--part` or `--blocks`, the next attempt continues from the checkpoints",
            ),
            ("batch", "finished scenarios are in the cache"),
        ],
    },
];

impl Ending {
    /// The case in which `command` ends with this code; `None` if `doc` is enough.
    pub fn of(&self, command: &str) -> Option<&'static str> {
        let mut of = self.of.iter();
        of.find_map(|(named, when)| (*named == command).then_some(*when))
    }
}

/// Every environment variable that the program or its libraries read. None changes a figure.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("COLUMNS", "width of the screen, between 60 and 100"),
    ("NO_COLOR", "if set and not empty: no color"),
    (
        "TAILWHEEL_SIMD",
        "`baseline`, `avx2` or `avx512`: the highest level of vector instructions to use",
    ),
    (
        "RUST_BACKTRACE",
        "1: an internal error prints its place in the source",
    ),
    (
        "GITHUB_ACTIONS",
        "`true`: `--annotate auto` writes workflow commands",
    ),
    (
        "GITHUB_STEP_SUMMARY",
        "file to which `--annotate` appends `summary.md` on GitHub",
    ),
    (
        "GITHUB_WORKSPACE",
        "root of the repository, for paths in GitHub annotations",
    ),
    (
        "GITLAB_CI",
        "`true`: `--annotate auto` writes a code quality report",
    ),
    (
        "CI_PROJECT_DIR",
        "root of the repository, for paths in GitLab reports",
    ),
];
