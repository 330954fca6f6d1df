//! The command line, the only module that uses files, the terminal, the clock and environment variables.
//!
//! In: arguments. Out: results on standard output, everything else on standard error, an exit code. Not here:
//! anything that works without a terminal.

mod annotate;
mod args;
mod batch;
mod cache;
mod check;
mod compare;
mod completions;
mod discover;
mod exits;
mod explain;
mod files;
mod finish;
mod interrupt;
mod load;
mod machine;
mod manual;
mod merge;
mod new;
mod output_folder;
mod part;
mod parts;
mod progress;
mod replay;
mod report;
mod run;
mod schema;
mod sensitivity;
mod shards;
mod simulate;
mod solve;
mod stop;
mod terminal;
mod verify;

pub use exits::{EXITS, Ending};
pub use explain::explained;
pub use manual::ENVIRONMENT;

pub(crate) use exits::Exit;

use anstream::ColorChoice;
use clap::{CommandFactory, Parser, Subcommand};
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process::{self, ExitCode};
use stop::{Stop, stop};

/// Monte Carlo risk and return of automated income
///
/// A scenario file lists holdings and their claimed returns. tailwheel simulates thousands of paths month by month.
/// It reports the outcome of each claim, the causes of loss, and the error of every result.
#[derive(Debug, Parser)]
#[command(
    name = "tailwheel",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done · 1 a gate or check failed · 2 error · 130 interrupted\n\
                  Start with:  tailwheel new mine.toml  then  tailwheel run mine.toml"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use color; NO_COLOR turns it off
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN", value_parser = args::colors())]
    color: ColorChoice,
}

/// Declares the subcommands, in the order of `--help`. The file of each has a struct of its options, whose doc
/// comment is its help, and the function `run`.
macro_rules! commands {
    ($($file:ident::$Command:ident,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($Command($file::$Command),)*
        }

        impl Command {
            fn run(&self) -> Result<Exit, Stop> {
                match self {
                    $(Self::$Command(options) => $file::run(options),)*
                }
            }
        }
    };
}

commands! {
    run::Run,
    report::Report,
    compare::Compare,
    sensitivity::Sensitivity,
    solve::Solve,
    replay::Replay,
    batch::Batch,
    merge::Merge,
    check::Check,
    explain::Explain,
    new::New,
    verify::Verify,
    schema::Schema,
    completions::Completions,
    manual::Man,
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(fault));
    let exit = match Cli::try_parse() {
        Ok(cli) => {
            cli.color.write_global();
            interrupt::listen().and_then(|()| cli.command.run())
        }
        Err(unparsed) => helped(&unparsed),
    };
    ExitCode::from(exit.unwrap_or_else(Stop::print) as u8)
}

/// Prints the requested help or version, or the error in the arguments.
fn helped(unparsed: &clap::Error) -> Result<Exit, Stop> {
    let result = unparsed.print().and_then(|()| io::stdout().flush());
    if unparsed.use_stderr() { Ok(Exit::Failed) } else { terminal::printed(result) }
}

/// Returns the declaration of all commands and options.
pub fn declaration() -> clap::Command {
    Cli::command()
}

/// Panic hook: prints an internal error with instructions how to report it, and ends the program.
///
/// If a file that is being merged can no longer be read, it reports that file instead, because values that
/// could not be read may have caused the panic.
fn fault(panic: &PanicHookInfo<'_>) {
    if let Err(stop) = parts::check_read() {
        process::exit(i32::from(stop.print() as u8));
    }
    let what = panic.payload_as_str().unwrap_or("unknown");
    let place = panic.location().map_or(String::new(), |place| format!(" at {place}"));
    terminal::error(&format!(
        "internal error{place}: {what}\nnothing was written for this scenario; \
         please report it with the scenario and this message"
    ));
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        terminal::say(&format!("{trace}\n"));
    }
    process::exit(i32::from(Exit::Failed as u8));
}
