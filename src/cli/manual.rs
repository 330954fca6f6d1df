//! The `man` command: prints the manual page, with all commands on one page so that a single file is complete.

use super::{EXITS, Exit, Stop, declaration, terminal};
use clap::Args;
use std::io::{self, Write};

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

const FILES: &str = r".SH FILES
\fIoutput/SCENARIO/\fR report.json, timing.json and every chart as SVG and PNG.
";

/// Print the manual page
#[derive(Debug, Args)]
pub(super) struct Man;

/// Prints the manual page in roff.
pub(super) fn run(_: &Man) -> Result<Exit, Stop> {
    let mut page = Vec::new();
    write(&mut page).expect("writing to memory does not fail");
    terminal::print_bytes(&page)
}

fn write(page: &mut dyn Write) -> io::Result<()> {
    let program = declaration();
    let man = clap_mangen::Man::new(program.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    for command in program.get_subcommands() {
        let name = command.get_name();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let mut options = Vec::new();
        clap_mangen::Man::new(command.clone()).render_options_section(&mut options)?;
        let options = String::from_utf8_lossy(&options);
        let body = options.split_once(".SH OPTIONS").map_or("", |(_, body)| body);
        writeln!(page, ".SH TAILWHEEL {}", name.to_uppercase())?;
        writeln!(page, "{}", about.replace('-', "\\-"))?;
        write!(page, "{}", body.trim_start_matches('\n'))?;
    }
    writeln!(page, ".SH EXIT STATUS")?;
    for exit in EXITS.iter() {
        writeln!(page, ".TP\n{}\n{}. {}", exit.code, exit.title, roff(exit.doc))?;
        for (command, when) in &exit.of {
            writeln!(page, ".br\n\\fB{command}\\fR: {}.", roff(when))?;
        }
    }
    writeln!(page, ".SH ENVIRONMENT")?;
    for (variable, doc) in ENVIRONMENT {
        writeln!(page, ".TP\n\\fB{variable}\\fR\n{}.", roff(doc))?;
    }
    page.write_all(FILES.as_bytes())
}

/// Escapes hyphens for roff and removes the backticks of Markdown.
fn roff(text: &str) -> String {
    text.replace('-', "\\-").replace('`', "")
}
