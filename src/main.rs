//! Entry point of the `tailwheel` program. All other code is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    tailwheel::cli::main()
}
