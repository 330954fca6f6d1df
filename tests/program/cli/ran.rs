//! What one call of the program did, asked for its code and its texts.

use crate::outputs;
use assert_cmd::Command;

/// What one call of the program did.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    let out = String::from_utf8(output.stdout).expect("text");
    outputs::check(&out);
    Ran { code: output.status.code(), out, err: String::from_utf8(output.stderr).expect("text") }
}

impl Ran {
    /// Ended with `code`, whatever it said.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        self
    }

    /// Has `part` on standard output.
    #[track_caller]
    pub fn prints(self, part: impl AsRef<str>) -> Self {
        has(&self.out, part.as_ref());
        self
    }

    /// Does not have `part` on standard output.
    #[track_caller]
    pub fn omits(self, part: impl AsRef<str>) -> Self {
        lacks(&self.out, part.as_ref());
        self
    }

    /// Has `part` on standard error.
    #[track_caller]
    pub fn says(self, part: impl AsRef<str>) -> Self {
        has(&self.err, part.as_ref());
        self
    }

    /// Does not have `part` on standard error.
    #[track_caller]
    pub fn without(self, part: impl AsRef<str>) -> Self {
        lacks(&self.err, part.as_ref());
        self
    }

    /// Done, with nothing to say beside the result.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// Printed its figures and could not write its files, which it therefore does not name; returns what standard error says.
    #[track_caller]
    pub fn unwritten(self) -> String {
        assert_eq!(self.code, Some(2), "{}", self.err);
        assert!(self.out.contains("wrong assumptions"), "{}", self.out);
        assert!(!self.out.contains("report.html  report.json"), "{}", self.out);
        self.err
    }

    /// Could not answer: nothing on standard output; returns what standard error says.
    #[track_caller]
    pub fn failed(self) -> String {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{}", self.err);
        assert!(self.err.ends_with('\n') && !self.err.contains("fault of its own"), "{}", self.err);
        self.err
    }
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in\n{text}");
}

#[track_caller]
fn lacks(text: &str, part: &str) {
    assert!(!text.contains(part), "`{part}` in\n{text}");
}

/// A text in which every run of blanks and line ends is one blank.
pub fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A printed text, asked for its parts.
pub trait Text: AsRef<str> + Sized {
    #[track_caller]
    fn has(self, part: impl AsRef<str>) -> Self {
        has(self.as_ref(), part.as_ref());
        self
    }

    #[track_caller]
    fn lacks(self, part: impl AsRef<str>) -> Self {
        lacks(self.as_ref(), part.as_ref());
        self
    }

    #[track_caller]
    fn has_all<const N: usize>(self, parts: [&str; N]) -> Self {
        for part in parts {
            has(self.as_ref(), part);
        }
        self
    }

    #[track_caller]
    fn lacks_all<const N: usize>(self, parts: [&str; N]) -> Self {
        for part in parts {
            lacks(self.as_ref(), part);
        }
        self
    }

    #[track_caller]
    fn starts(self, part: impl AsRef<str>) -> Self {
        let (text, part) = (self.as_ref(), part.as_ref());
        assert!(text.starts_with(part), "`{part}` does not begin\n{text}");
        self
    }

    #[track_caller]
    fn ends(self, part: impl AsRef<str>) -> Self {
        let (text, part) = (self.as_ref(), part.as_ref());
        assert!(text.ends_with(part), "`{part}` does not end\n{text}");
        self
    }
}

impl<T: AsRef<str>> Text for T {}
