//! The manual page: all commands on one page, so that it is complete when it is installed.

use super::args::Cli;
use clap::CommandFactory;
use clap_mangen::Man;
use std::io::{self, Write};

/// What stands in no declaration.
const REST: &str = r".SH EXIT STATUS
0 done; 1 the answer is no (\fB\-\-deny\-warnings\fR); 2 could not answer; 130 interrupted.
.SH ENVIRONMENT
\fBNO_COLOR\fR turns colour off. \fBCOLUMNS\fR is the width of the screen.
\fBTAILWHEEL_SIMD\fR (baseline, avx2, avx512) forces a level of vector instructions; it changes no figure.
.SH FILES
\fIoutput/SCENARIO/\fR report.json, timing.json and every picture as SVG and PNG.
";

/// The page in roff.
pub(super) fn page() -> Vec<u8> {
    let mut page = Vec::new();
    write(&mut page).expect("writing to memory does not fail");
    page
}

fn write(page: &mut dyn Write) -> io::Result<()> {
    let program = Cli::command();
    let man = Man::new(program.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    for command in program.get_subcommands() {
        let name = command.get_name();
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        let mut options = Vec::new();
        Man::new(command.clone()).render_options_section(&mut options)?;
        let options = String::from_utf8_lossy(&options);
        let body = options
            .split_once(".SH OPTIONS")
            .map_or("", |(_, body)| body);
        writeln!(page, ".SH TAILWHEEL {}", name.to_uppercase())?;
        writeln!(page, "{}", about.replace('-', "\\-"))?;
        write!(page, "{}", body.trim_start_matches('\n'))?;
    }
    page.write_all(REST.as_bytes())
}
