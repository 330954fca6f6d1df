//! Environment variables, for the manual page and the documentation.
//!
//! In: nothing. Out: the list. Not here: the effect of a variable (the code that reads it).

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
