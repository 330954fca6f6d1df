//! Why a file is no part that this program can use.
//!
//! In: what went wrong. Out: [`Unusable`]: whether the file may be whole all the same. Not here: what is done about it (`cli`).

use std::fmt;
use std::io;

/// Why a file cannot be used. Only what is damaged may be made again in its place.
#[derive(Debug)]
pub enum Unusable {
    /// The system does not give its bytes, which may be whole.
    Unread(io::Error),
    /// Another program wrote it: the version of its format or of its results is another one.
    Version(String),
    /// It is not whole, or no part at all.
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

/// What is not whole for this reason.
pub(super) fn damaged(why: impl Into<String>) -> Unusable {
    Unusable::Damaged(why.into())
}
