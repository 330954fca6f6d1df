//! The `schema` command: prints a JSON Schema.

use super::{Exit, Stop, args, terminal};
use crate::report::{OUTPUTS, Output};
use crate::scenario;
use clap::Args;

/// Print the JSON Schema of scenario files or of an output
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The output that the schema describes [default: scenario files]
    #[arg(value_parser = args::values(OUTPUTS.map(|output| (output.id, output.file))))]
    output: Option<String>,
}

pub(super) fn run(Schema { output }: &Schema) -> Result<Exit, Stop> {
    let output = OUTPUTS.iter().find(|known| output.as_deref() == Some(known.id));
    terminal::print(&output.map_or_else(scenario::schema, Output::schema))
}
