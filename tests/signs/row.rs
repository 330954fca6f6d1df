//! The rows of `expected.tsv`, `either.tsv` and `stays.tsv`: which way a key moves what.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use tailwheel::asset;
use tailwheel::catalog::event_kinds;

/// What is compared between the two values of a row.
pub const OUTCOMES: [&str; 3] = ["wealth.terminal.real.p50", "wealth.terminal.real.p05", "ruin.probability"];

/// How tables call the outcomes.
const COLUMNS: [&str; 3] = ["median", "p05", "ruin"];

/// What theory or a source expects of one outcome when a key is raised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    Rises,
    Falls,
    Stays,
    Either,
    /// The row has nothing to say about it.
    Unasked,
}

impl Sign {
    fn of(text: &str) -> Self {
        match text {
            "+" => Self::Rises,
            "-" => Self::Falls,
            "0" => Self::Stays,
            "~" => Self::Either,
            _ => panic!("`{text}` is no sign"),
        }
    }
}

/// One key, the two values to compare and the signs of the three outcomes.
#[derive(Clone)]
pub struct Row {
    pub section: &'static str,
    pub key: &'static str,
    pub kind: &'static str,
    pub basis: &'static str,
    pub event: &'static str,
    pub values: [&'static str; 2],
    /// Those of [`OUTCOMES`].
    pub signs: [Sign; 3],
    /// Edits of a world of its own, behind those that the key needs.
    pub also: &'static str,
    /// What such a world is called.
    pub world: &'static str,
    /// The measure that moves where no outcome does, and its sign.
    pub instead: Option<(&'static str, Sign)>,
}

/// Section, key, kind, basis, event.
type Name = [&'static str; 5];

impl Row {
    fn name(&self) -> Name {
        [self.section, self.key, self.kind, self.basis, self.event]
    }

    /// How messages and `levels.tsv` call the row.
    pub fn title(&self) -> String {
        let name = self.name().join(" ");
        match self.world {
            "" => name,
            world => format!("{name}, {world}"),
        }
    }

    /// The outcomes of which theory allows either sign.
    pub fn open(&self) -> impl Iterator<Item = &'static str> {
        let pairs = COLUMNS.into_iter().zip(self.signs);
        pairs.filter_map(|(column, sign)| (sign == Sign::Either).then_some(column))
    }

    /// True if no outcome moves.
    pub fn is_still(&self) -> bool {
        self.signs == [Sign::Stays; 3]
    }
}

/// The text of a file of this folder, read once: tables change without a new build.
pub fn text(name: &str) -> &'static str {
    static TEXTS: Mutex<BTreeMap<String, &'static str>> = Mutex::new(BTreeMap::new());
    let mut texts = TEXTS.lock().expect("no reader panics");
    texts.entry(name.to_owned()).or_insert_with(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signs").join(name);
        std::fs::read_to_string(&path).expect("the table is committed").leak()
    })
}

/// The rows of a table with a header, each line split at tabs.
pub fn lines<const N: usize>(name: &str) -> impl Iterator<Item = [&'static str; N]> {
    text(name).lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        <[&str; N]>::try_from(cells).unwrap_or_else(|_| panic!("not {N} columns: {line}"))
    })
}

/// All kinds of a section; none if it has no kinds.
pub fn kinds_of(section: &str) -> Vec<&'static str> {
    match section {
        "asset" => asset::KINDS.iter().map(|kind| kind.id).collect(),
        "event" => event_kinds().iter().map(|kind| kind.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// All rows of `expected.tsv`, those that move no outcome with what `stays.tsv` names instead. A row of the kind `*`
/// becomes one row for each kind that has none.
pub fn expected() -> Vec<Row> {
    let all: Vec<[&str; 11]> = lines("expected.tsv").collect();
    let has_own = |[section, key, _, basis, event, ..]: [&str; 11], kind: &str| {
        all.iter().any(|row| row[..5] == [section, key, kind, basis, event])
    };
    let of_kinds = |row: &[&'static str; 11]| {
        let [section, key, _, rest @ ..] = *row;
        let [basis, event, low, high, median, p05, ruin, why] = rest;
        let kinds = if row[2] == "*" { kinds_of(section) } else { vec![row[2]] };
        let kinds = kinds.into_iter().filter(|kind| row[2] != "*" || !has_own(*row, kind));
        let of_kind = |kind| [section, key, kind, basis, event, low, high, median, p05, ruin, why];
        kinds.map(of_kind).collect::<Vec<_>>()
    };
    let instead: Vec<[&str; 7]> = lines("stays.tsv").collect();
    let row = |cells: [&'static str; 11]| {
        let [section, key, kind, basis, event, low, high, median, p05, ruin, _why] = cells;
        let name = [section, key, kind, basis, event];
        let found = instead.iter().find(|line| line[..5] == name);
        Row {
            section,
            key,
            kind,
            basis,
            event,
            values: [low, high],
            signs: [median, p05, ruin].map(Sign::of),
            also: "-",
            world: "",
            instead: found.map(|line| (line[5], Sign::of(line[6]))),
        }
    };
    all.iter().flat_map(of_kinds).map(row).collect()
}

/// A world of `either.tsv` in which an outcome of the row `name` has one sign, as a row of its own.
pub struct Shown {
    pub outcome: &'static str,
    pub sign: &'static str,
    pub row: Row,
}

/// All rows of `either.tsv`.
pub fn shown(expected: &[Row]) -> Vec<Shown> {
    let shown = |cells: [&'static str; 9]| {
        let [section, key, kind, basis, event, outcome, sign, world, also] = cells;
        let name = [section, key, kind, basis, event];
        let of = expected.iter().find(|row| row.name() == name);
        let of = of.unwrap_or_else(|| panic!("either.tsv: {name:?} has no row"));
        let signs = COLUMNS.map(|column| if column == outcome { Sign::of(sign) } else { Sign::Unasked });
        Shown { outcome, sign, row: Row { signs, also, world, ..of.clone() } }
    };
    lines("either.tsv").map(shown).collect()
}
