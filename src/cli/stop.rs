//! End of a command without a result: its reason, which is printed once, and its exit code.
//!
//! In: errors of arguments, files and simulations. Out: [`Stop`]. Not here: the texts of most errors (where they
//! are found).

use super::load::shown;
use super::terminal::reason;
use super::{Exit, interrupt, terminal};
use std::path::Path;
use std::{fmt, io};

/// Reason why a command ends without a result.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// An error with its remedy, to print after `error: `.
    Error(String),
    /// Faults of scenario files, rendered with their lines.
    Faults(String),
    /// The user stopped the command, by Ctrl-C or SIGTERM.
    Interrupted,
}

/// Creates a [`Stop::Error`] with a formatted text.
macro_rules! stop {
    ($($text:tt)*) => { $crate::cli::stop::Stop::Error(format!($($text)*)) };
}
pub(super) use stop;

impl Stop {
    /// Creates the error that the program cannot `act`, such as `read`, on the file or folder `path`. An empty
    /// `remedy` is left out.
    pub fn at(path: &Path, act: &str, error: &io::Error, remedy: &str) -> Self {
        let semicolon = if remedy.is_empty() { "" } else { "; " };
        Self::Error(format!("cannot {act} {}: {}{semicolon}{remedy}", shown(path), reason(error)))
    }

    /// Prints the reason on standard error and returns the exit code. After Ctrl-C, an error is a consequence of it
    /// and is not printed.
    pub fn print(self) -> Exit {
        match self {
            Self::Faults(text) => terminal::say(&text),
            Self::Error(text) if !interrupt::is_asked() => terminal::error(&text),
            Self::Error(_) | Self::Interrupted => {
                interrupt::print();
                return Exit::Interrupted;
            }
        }
        Exit::Failed
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error(text) | Self::Faults(text) => text,
            Self::Interrupted => "interrupted",
        })
    }
}

impl From<String> for Stop {
    fn from(text: String) -> Self {
        Self::Error(text)
    }
}
