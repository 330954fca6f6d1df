//! What a caller meets besides arguments: exit codes and environment variables, for `explain`, the
//! manual page and the documents.
//!
//! In: nothing. Out: the lists. Not here: which code a run ends with (each command), what a variable
//! does (where it is read).

/// An exit code, what it says of every command and what it says of some.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    pub code: &'static str,
    pub title: &'static str,
    pub doc: &'static str,
    /// Command, and when it ends with this code.
    pub of: &'static [(&'static str, &'static str)],
}

/// Every exit code.
pub const EXITS: &[Ending] = &[
    Ending {
        code: "0",
        title: "Done",
        doc: "The command did what was asked; what it printed and wrote is whole. A reader that stops \
              reading, as in `| head`, is no fault.",
        of: &[
            ("check", "every file is a scenario"),
            (
                "batch",
                "every gate passes, nothing changed; with `--shard`, its scenarios were simulated, \
                 whatever their gates say",
            ),
            ("merge", "as the command without `--shard`"),
        ],
    },
    Ending {
        code: "1",
        title: "The answer is no",
        doc: "The command was carried out, everything is written, and the answer is no.",
        of: &[
            (
                "run",
                "a gate (`[[expect]]`) of a file fails or cannot be decided by these paths; with \
                 `--deny-warnings`, a report has a warning about its scenario or its sampling",
            ),
            (
                "merge",
                "as `run`; with `--check`, a part is missing, damaged, there twice or of another run",
            ),
            (
                "compare",
                "a figure is worse, differs, or differs by a bit, as `--fail-on` says",
            ),
            (
                "batch",
                "a gate fails or cannot be decided, a figure changed, is gone or no longer compares, a \
                 gate of the baseline is gone or asks less, a scenario of the baseline is missing",
            ),
            ("merge", "as the command without `--shard`"),
            ("verify", "a check fails: do not use this program"),
        ],
    },
    Ending {
        code: "2",
        title: "Could not answer",
        doc: "The command line, a scenario, a file, memory or the machine stood in the way. Standard \
              error says where, by which rule, and what to write instead; nothing is written for the \
              scenario at fault, unless the error says that its files are.",
        of: &[
            (
                "run",
                "nothing at all is simulated if one scenario is invalid; with `--part` or `--blocks`, a part \
                 of another run or program, or a file that cannot be read, has the name of the part",
            ),
            ("check", "a file is not a scenario"),
            (
                "batch",
                "something was not answered: a file could not be read or simulated; the others are \
                 reported all the same",
            ),
            (
                "merge",
                "a part of a run or a shard of a study is missing, there twice, of another run or question, or \
                 damaged; with `--check`, a part cannot be read; of a batch, the others are reported when \
                 one is missing",
            ),
        ],
    },
    Ending {
        code: "130",
        title: "Interrupted",
        doc: "Ctrl-C, or the signal to end (SIGTERM), stopped the command. Scenarios that were finished \
              before keep their files; for the one that ran nothing is written.",
        of: &[
            (
                "run",
                "with `--part` or `--blocks`, checkpoints stay, from which the next attempt goes on",
            ),
            ("batch", "interrupted; what was finished is in the cache"),
        ],
    },
];

impl Ending {
    /// When `command` ends with this code, if there is more to say of it.
    pub fn of(&self, command: &str) -> Option<&'static str> {
        let mut of = self.of.iter();
        of.find_map(|(named, when)| (*named == command).then_some(*when))
    }
}

/// Every environment variable that is read, here or by the libraries that print. None changes a figure.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    ("COLUMNS", "width of the screen, between 60 and 100"),
    ("NO_COLOR", "set and not empty: no colour"),
    (
        "TAILWHEEL_SIMD",
        "`baseline`, `avx2` or `avx512`: this level of vector instructions and no better one",
    ),
    (
        "RUST_BACKTRACE",
        "1: a fault of the program itself says where it was",
    ),
    (
        "GITHUB_ACTIONS",
        "`true`: `--annotate auto` writes workflow commands",
    ),
    (
        "GITHUB_STEP_SUMMARY",
        "file to which `--annotate` adds `summary.md` on GitHub",
    ),
    (
        "GITHUB_WORKSPACE",
        "root of the repository, from which annotations of GitHub name files",
    ),
    (
        "GITLAB_CI",
        "`true`: `--annotate auto` writes a code quality report",
    ),
    (
        "CI_PROJECT_DIR",
        "root of the repository, from which annotations of GitLab name files",
    ),
];
