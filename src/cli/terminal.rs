//! The two output streams: results on one, everything else on the other.

use super::Exit;
use std::io::{self, Write};

/// Columns that are assumed when the output is not a terminal.
const WIDTH: usize = 80;

/// Prints a result. A reader that has gone away is no error.
pub(super) fn print(text: &str) -> Exit {
    print_bytes(text.as_bytes())
}

/// Prints a result that need not be text.
pub(super) fn print_bytes(bytes: &[u8]) -> Exit {
    let mut out = anstream::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => fail(&format!(
            "cannot write to standard output: {}",
            super::files::reason(&error)
        )),
    }
}

/// Says something beside the result.
pub(super) fn say(text: &str) {
    // nowhere is left to complain to if standard error cannot be written
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Says why a command could not be carried out.
pub(super) fn fail(message: &str) -> Exit {
    say(&format!("error: {message}\n"));
    Exit::Failed
}

/// Columns of the terminal; `COLUMNS` overrules what it says of itself.
pub(super) fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok();
    asked
        .and_then(|columns| columns.parse().ok())
        .or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
        .unwrap_or(WIDTH)
        .clamp(60, 100)
}

/// `name` as a shell takes it for one word.
pub(super) fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-/+,:@%".contains(c);
    match !name.is_empty() && name.chars().all(is_plain) {
        true => name.to_owned(),
        false => format!("'{}'", name.replace('\'', "'\\''")),
    }
}
