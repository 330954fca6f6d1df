//! The two output streams: results on standard output, everything else on standard error.

use super::{Exit, Stop};
pub(super) use crate::page::argument as quoted;
use crate::page::{Form, Rendered};
use crate::units::{is_acting, spelled_out};
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

/// Width in characters that is assumed if that of the terminal is unknown.
const WIDTH: usize = 80;

/// Text that says which files are left if the program ends now; empty if the command writes none.
static LEFT: Mutex<&str> = Mutex::new("");

/// Sets the text on left files that later messages on an interruption or a failed print contain.
pub(super) fn leaves(what: &'static str) {
    *LEFT.lock().unwrap_or_else(PoisonError::into_inner) = what;
}

/// Returns `message`, followed by the text that says which files are left if the program ends now.
pub(super) fn with_left(message: &str) -> String {
    let left = *LEFT.lock().unwrap_or_else(PoisonError::into_inner);
    let colon = if left.is_empty() { "" } else { "; " };
    format!("{message}{colon}{left}")
}

/// Prints a result. A reader that closes the pipe early is no error.
pub(super) fn print(text: &str) -> Result<Exit, Stop> {
    print_bytes(uncommanding(&harmless(text)).as_bytes())
}

/// Prints a text with layout and color. A reader that closes the pipe early is no error.
pub(super) fn print_rendered(text: &Rendered) -> Result<Exit, Stop> {
    print_bytes(uncommanding(&text.clone().into_text()).as_bytes())
}

/// Returns the layout of screens on this terminal: width, color, and Unicode if the locale supports it.
pub(super) fn form() -> Form {
    let width = columns(io::stdout().is_terminal());
    Form { color: true, unicode: has_unicode(), ..Form::of_width(width.unwrap_or(Form::WIDTHS.1)) }
}

/// False if the locale names a charset other than UTF-8.
fn has_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty());
    let charset = locale.and_then(|locale| Some(locale.split_once('.')?.1.to_lowercase()));
    charset.is_none_or(|charset| charset.starts_with("utf-8") || charset.starts_with("utf8"))
}

/// Returns `text` without workflow commands of CI services. They read `::` at the start of a line and `##[`
/// anywhere as commands, so both are escaped.
fn uncommanding(text: &str) -> Cow<'_, str> {
    let begins = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##[") && !text.lines().any(begins) {
        return Cow::Borrowed(text);
    }
    let lines = text
        .split_inclusive('\n')
        .map(|line| if begins(line) { line.replacen("::", "\\u003a:", 1) } else { line.to_owned() });
    Cow::Owned(lines.collect::<String>().replace("##[", "##\\u005b"))
}

/// Returns `text` with all characters escaped that could control the terminal or disguise text. Line breaks,
/// tabs and color codes stay.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let is_meant = |sign: char| matches!(sign, '\n' | '\t') || !is_acting(sign);
    if text.chars().all(is_meant) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|sign| !is_meant(sign)) {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        let sign = rest.chars().next().map_or(0, char::len_utf8);
        let kept = colour(rest);
        match kept {
            0 => shown.push_str(&spelled_out(&rest[..sign])),
            kept => shown.push_str(&rest[..kept]),
        }
        rest = &rest[kept.max(sign)..];
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// Length in bytes of the color code at the start of `text`, such as `ESC [ 1 ; 31 m`; 0 if there is none.
fn colour(text: &str) -> usize {
    let Some(code) = text.strip_prefix("\u{1b}[") else {
        return 0;
    };
    let end = code.find(|sign: char| !(sign.is_ascii_digit() || sign == ';'));
    end.filter(|end| code[*end..].starts_with('m')).map_or(0, |end| end + 3)
}

/// Prints a result that may be other than text. A reader that closes the pipe early is no error.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<Exit, Stop> {
    let mut out = anstream::stdout().lock();
    printed(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Converts the `result` of printing to the exit status. The message on a failed print says which files exist.
pub(super) fn printed(result: io::Result<()>) -> Result<Exit, Stop> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let why = format!("cannot write to standard output: {}", reason(&error));
            Err(Stop::Error(with_left(&why)))
        }
        _ => Ok(Exit::Done),
    }
}

/// Returns the system's reason for an error, without its error number.
pub(super) fn reason(error: &io::Error) -> String {
    let text = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it is not permitted".to_owned(),
        _ => error.to_string(),
    };
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

/// Prints a message on standard error.
pub(super) fn say(text: &str) {
    print_error(&uncommanding(&harmless(text)));
}

/// Writes commands for a CI service to standard error.
pub(super) fn command(commands: &Rendered) {
    print_error(&harmless(&commands.clone().into_text()));
}

fn print_error(text: &str) {
    // an error here is ignored: there is no other stream to report it to
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Prints an error message.
pub(super) fn error(message: &str) {
    say(&format!("error: {message}\n"));
}

/// Width of a page of `explain` in characters, 60 to 100: the variable `COLUMNS`, else the terminal's width.
pub(super) fn width() -> usize {
    columns(true).unwrap_or(WIDTH).clamp(60, 100)
}

/// Width in characters from the variable `COLUMNS`, else the terminal's if `is_shown` there; `None` if unknown.
fn columns(is_shown: bool) -> Option<usize> {
    let typed = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    typed.or_else(|| of_terminal().filter(|_| is_shown))
}

#[cfg(test)]
mod tests {
    use super::{harmless, uncommanding};

    #[test]
    fn no_line_commands_the_runner_of_a_ci_service() {
        for (text, shown) in [
            ("::stop-commands::x\n", "\\u003a:stop-commands::x\n"),
            ("a\n  ::error::b\nc::d", "a\n  \\u003a:error::b\nc::d"),
            ("title ##[group]x", "title ##\\u005bgroup]x"),
            ("a::b # [c]\n", "a::b # [c]\n"),
        ] {
            assert_eq!(uncommanding(text), shown);
        }
    }

    #[test]
    fn only_lines_tabs_and_colours_reach_a_terminal_as_they_are() {
        let fine = "a\tb\n\u{1b}[1;31mred\u{1b}[0m 日本\n";
        assert_eq!(harmless(fine), fine);
        let nasty = "\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m\u{202e}x\r";
        let shown = "\\u001b]0;title\\u0007\\u001b[2J\\u009b31m\\u202ex\\u000d";
        assert_eq!(harmless(nasty), shown);
    }
}
