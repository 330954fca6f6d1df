//! Reasons why a part file cannot be used.
//!
//! In: what went wrong. Out: [`Unusable`], which tells a damaged file from one that may be intact. Not here:
//! what is done about it (`cli`).

use std::fmt;
use std::io;

/// Reason why a file with part of a run cannot be used. Only a damaged file may be overwritten.
#[derive(Debug)]
pub enum Unusable {
    /// The system cannot read the file, which may be intact.
    Unread(io::Error),
    /// Another version of the program wrote the file: its format or its results version differs.
    Version(String),
    /// The file is incomplete or changed, or holds no part of a run.
    Damaged(String),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(error) => write!(f, "it cannot be read: {error}"),
            Self::Version(why) | Self::Damaged(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Unusable {}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => damaged("it is cut off"),
            _ => Self::Unread(error),
        }
    }
}

/// Returns the error of a damaged file, with the reason `why`.
pub(super) fn damaged(why: impl Into<String>) -> Unusable {
    Unusable::Damaged(why.into())
}
