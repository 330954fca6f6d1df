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
mod part;
mod parts;
mod progress;
mod replay;
mod report;
mod run;
mod sensitivity;
mod shards;
mod simulate;
mod solve;
mod target;
mod terminal;
mod verify;

pub use exits::{EXITS, Ending};
pub use explain::explained;
pub use manual::ENVIRONMENT;

pub(crate) use exits::Exit;

use crate::report::{OUTPUTS, Output};
use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::process::{self, ExitCode};

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(fault));
    let exit = match Cli::try_parse() {
        Ok(cli) => {
            cli.color.write_global();
            run(&cli.command)
        }
        Err(unparsed) => helped(&unparsed),
    };
    ExitCode::from(exit.unwrap_or_else(|exit| exit) as u8)
}

fn run(command: &Command) -> Result<Exit, Exit> {
    match command {
        Command::Run(run) => stoppable(|| run::run(run)),
        Command::Compare(compare) => stoppable(|| compare::run(compare)),
        Command::Sensitivity(asked) => stoppable(|| sensitivity::run(asked)),
        Command::Solve(asked) => stoppable(|| solve::run(asked)),
        Command::Report(asked) => stoppable(|| report::run(asked)),
        Command::Replay(replay) => stoppable(|| replay::run(replay)),
        Command::Batch(batch) => stoppable(|| batch::run(batch)),
        Command::Merge(merge) => stoppable(|| merge::run(merge)),
        Command::Check(check) => stoppable(|| check::run(check)),
        Command::Explain { id } => explain::run(id),
        Command::New { file, force } => new::run(file, *force),
        Command::Verify { quick, failed } => verify::run(*quick, *failed),
        Command::Schema { output } => terminal::print(&schema(output.as_deref())),
        Command::Completions { shell } => terminal::print_bytes(&completions(*shell)),
        Command::Man => terminal::print_bytes(&manual::page()),
    }
}

/// Prints the requested help or version, or the error in the arguments.
fn helped(unparsed: &clap::Error) -> Result<Exit, Exit> {
    let result = unparsed.print().and_then(|()| io::stdout().flush());
    if unparsed.use_stderr() { Err(Exit::Failed) } else { terminal::printed(result) }
}

/// Runs a long command that Ctrl-C or SIGTERM can stop.
fn stoppable(command: impl FnOnce() -> Result<Exit, Exit>) -> Result<Exit, Exit> {
    interrupt::listen()?;
    command()
}

/// Returns the declaration of all commands and options.
pub fn declaration() -> clap::Command {
    Cli::command()
}

/// Returns the JSON Schema of the output with this id, or that of scenario files if no output has this id.
fn schema(output: Option<&str>) -> String {
    OUTPUTS.iter().find(|one| Some(one.id) == output).map_or_else(crate::scenario::schema, Output::schema)
}

fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut declaration(), "tailwheel", &mut script);
    script
}

/// Panic hook: prints an internal error with instructions how to report it, and ends the program.
///
/// If a part can no longer be read during a merge, it reports that part instead, because its values may have
/// caused the panic.
fn fault(panic: &PanicHookInfo<'_>) {
    if let Err(why) = parts::check_read() {
        process::exit(i32::from(terminal::fail(&why) as u8));
    }
    let what = panic.payload_as_str().unwrap_or("unknown");
    let place = panic.location().map_or(String::new(), |place| format!(" at {place}"));
    terminal::fail(&format!(
        "internal error{place}: {what}\nnothing was written for this scenario; \
         please report it with the scenario and this message"
    ));
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        terminal::say(&format!("{trace}\n"));
    }
    process::exit(i32::from(Exit::Failed as u8));
}
