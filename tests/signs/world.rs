//! The world in which the key of a row is raised: a base file, what the key needs, and the key itself.

use super::row::{Row, lines, text};

/// The mix in which one part is raised, the others in proportion to these.
const MIX: [(&str, f64); 6] = [
    ("equity", 0.38),
    ("property", 0.24),
    ("defi", 0.19),
    ("crypto", 0.09),
    ("collectibles", 0.05),
    ("community_tokens", 0.05),
];

/// A base file and the edits behind it.
pub struct World {
    /// What `worlds.toml` calls the base file.
    pub title: String,
    pub text: String,
    pub edits: Vec<String>,
}

/// The text below the line `#: title` of the worlds.
fn base(title: &str) -> Option<&'static str> {
    let mut named = text("worlds.toml").split("\n#: ").skip(1).filter_map(|world| world.split_once('\n'));
    let (_, text) = named.find(|(name, _)| *name == title)?;
    Some(text)
}

/// What the key of `row` needs: the basis of its world, how it is set, what is set beside it, and what all keys need beside its event.
fn needs(row: &Row) -> [&'static str; 4] {
    let with_basis = format!("{} {}", row.key, row.basis);
    let fits =
        |[section, _, kind, ..]: &[&str; 6]| *section == row.section && (*kind == "*" || *kind == row.kind);
    let named = |name: &str| lines::<6>("needs.tsv").filter(fits).find(|[_, key, ..]| *key == name);
    let of_event = named(&format!("* {}", row.event)).map_or("-", |[.., also]| also);
    match named(&with_basis).or_else(|| named(row.key)) {
        Some([_, _, _, world, set, also]) => [world, set, also, of_event],
        None => ["-", "-", "-", of_event],
    }
}

/// A value as the right side of an assignment.
fn quoted(value: &str) -> String {
    let is_number = value.parse::<f64>().is_ok();
    if is_number || value.starts_with(['[', '{']) { value.to_owned() } else { format!("\"{value}\"") }
}

/// `template` with the value, or what is left of 1 beside it.
fn filled(template: &str, value: &str) -> String {
    let rest = value.parse::<f64>().map_or(0.0, |value| 1.0 - value);
    template.replace("{1-}", &format!("{rest:.4}")).replace("{}", &quoted(value))
}

/// The assignment of a value to the key of `row`.
fn assignment(row: &Row, set: &str, value: &str) -> String {
    if set != "-" {
        return filled(set, value);
    }
    let key = row.key;
    let path = match (row.section, key.strip_prefix("cluster.")) {
        ("asset", _) => format!("asset.x.{key}"),
        ("event", _) => format!("event.e.{key}"),
        ("market", _) => format!("market.x.{key}"),
        ("crash", Some(key)) => format!("crash.cluster.c.{key}"),
        ("top", _) => key.to_owned(),
        (section, _) => format!("{section}.{key}"),
    };
    format!("{path}={}", quoted(value))
}

/// The parts of a mix, that named `raised` with `value`.
fn mix(raised: &str, value: f64) -> String {
    let before = MIX.iter().find(|(name, _)| *name == raised).map_or(0.0, |(_, share)| *share);
    let part = |(name, share): &(&str, f64)| {
        let share = if *name == raised { value } else { share * (1.0 - value) / (1.0 - before) };
        format!("{name} = {share:.12}")
    };
    let parts: Vec<String> = MIX.iter().map(part).collect();
    format!("asset.x.mix={{ {} }}", parts.join(", "))
}

/// `text` without the asset `y`.
fn without_other(text: &str) -> String {
    let (before, rest) = text.split_once("[[asset]]\nname = \"y\"").expect("the head has it");
    let after = rest.find("[[").map_or("", |at| &rest[at..]);
    format!("{before}{after}")
}

impl World {
    /// The world of `row` with its key at `value`.
    pub fn of(row: &Row, value: &str) -> Self {
        let [world, set, also, of_event] = needs(row);
        let basis = if world == "-" { row.basis } else { world };
        let section = row.section;
        let titles = [
            format!("{section} {} {basis}", row.kind),
            format!("{section} {}", row.kind),
            section.to_owned(),
        ];
        let found = titles.into_iter().find_map(|title| Some((base(&title)?, title)));
        let (own, title) = found.unwrap_or_default();
        let head = base("head").expect("there is a head");
        let kind_or_event = if row.event == "-" { row.kind } else { row.event };
        let mut text = format!("{head}\n{own}").replace("KIND", row.kind).replace("EVENT", kind_or_event);
        let mut edits = Vec::new();
        let all = [of_event, also, row.also].into_iter();
        for edit in all.flat_map(|edits| edits.split("; ")).filter(|edit| *edit != "-") {
            match edit {
                "-y" => text = without_other(&text),
                "-value" => text = without_value(&text),
                edit => edits.push(filled(&edit.replace("EVENT", kind_or_event), value)),
            }
        }
        if let Some(part) = row.key.strip_prefix("mix.") {
            edits.push(mix(part, value.parse().expect("a share")));
        } else {
            edits.push(assignment(row, set, value).replace("EVENT", kind_or_event));
        }
        Self { title, text, edits }
    }

    /// What a run of the program writes of the gates of the world, which the library does not judge.
    pub fn gates(&self, more: &[String]) -> Result<String, String> {
        let folder = tempfile::tempdir().map_err(|why| why.to_string())?;
        let file = folder.path().join("world.toml");
        std::fs::write(&file, &self.text).map_err(|why| why.to_string())?;
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tailwheel"));
        command.current_dir(&folder).args(["run", "world.toml", "--json", "--no-charts", "--no-bridge"]);
        for edit in self.edits.iter().chain(more) {
            command.args(["--set", edit]);
        }
        let output = command.output().map_err(|why| why.to_string())?;
        let report: serde_json::Value = serde_json::from_slice(&output.stdout)
            .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
        let gates = report["gates"].as_array().filter(|gates| !gates.is_empty());
        gates.map(|_| report["gates"].to_string()).ok_or_else(|| "no gates".to_owned())
    }
}

/// `text` without the values of the asset `x`.
fn without_value(text: &str) -> String {
    let (before, x) = text.split_once("name = \"x\"").expect("the world has it");
    let keys = ["value", "income", "visits", "downloads", "streams", "licences", "multiple"];
    let is_kept = |line: &&str| !keys.iter().any(|key| line.starts_with(&format!("{key} =")));
    let lines: Vec<&str> = x.lines().filter(is_kept).collect();
    format!("{before}name = \"x\"{}\n", lines.join("\n"))
}
