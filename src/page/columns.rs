//! A table on a terminal: aligned columns in the widest manner that fits.
//!
//! In: a [`Table`], a width. Out: lines of a screen. Figures are never cut. Not here: sentences (`terminal`).

use super::terminal::{Screen, length, shortened};
use super::{Cell, Table};

/// How a table is laid out.
#[derive(Clone, Copy)]
struct Manner {
    /// Errors stand below their figures.
    is_split: bool,
    /// The first column has a line of its own.
    is_stacked: bool,
    /// Headings stand on two lines where one is too long.
    is_halved: bool,
    /// Letters of words that are shown beside figures.
    longest: usize,
    /// Room between columns.
    gap: usize,
}

impl Manner {
    const fn of(
        is_split: bool,
        is_stacked: bool,
        is_halved: bool,
        (longest, gap): (usize, usize),
    ) -> Self {
        Self {
            is_split,
            is_stacked,
            is_halved,
            longest,
            gap,
        }
    }
}

/// The widest manner first.
const MANNERS: [Manner; 6] = [
    Manner::of(false, false, false, (72, 3)),
    Manner::of(false, false, false, (48, 2)),
    Manner::of(false, false, true, (48, 2)),
    Manner::of(true, false, true, (48, 2)),
    Manner::of(false, true, true, (24, 2)),
    Manner::of(true, true, true, (24, 2)),
];

/// Cells of a table as texts, and how wide each column is.
pub(super) struct Laid {
    /// Per row one line of cells, or two where errors stand below.
    rows: Vec<Vec<Vec<String>>>,
    headings: Vec<Vec<String>>,
    widths: Vec<usize>,
    manner: Manner,
}

impl Laid {
    /// In the widest manner that fits `width`, else in the narrowest.
    pub fn within(width: usize, table: &Table) -> Self {
        let mut all = MANNERS.iter().map(|manner| Self::of(table, *manner));
        let found = all.find(|laid| laid.width() <= width);
        found.unwrap_or_else(|| Self::of(table, MANNERS[MANNERS.len() - 1]))
    }

    fn of(table: &Table, manner: Manner) -> Self {
        let Manner {
            is_split,
            is_stacked,
            is_halved,
            longest,
            ..
        } = manner;
        let n = table.columns.len();
        // room of values and of errors, so that both are aligned
        let parts = |at: usize| -> (usize, usize) {
            let shown = table.rows.iter().filter_map(|row| match &row.cells[at] {
                Cell::Shown(shown) => Some((length(&shown.value()), length(&shown.beside()))),
                _ => None,
            });
            shown.fold((0, 0), |all, one| (all.0.max(one.0), all.1.max(one.1)))
        };
        let parts: Vec<(usize, usize)> = (0..n).map(parts).collect();
        let whole = |cell: &Cell, at: usize| match cell {
            // a list is aligned before its errors
            Cell::Shown(shown) if n == 2 => {
                let (values, errors) = parts[at];
                right(&shown.value(), values) + &left(&shown.beside(), errors)
            }
            // it has a line of its own
            _ if at == 0 && is_stacked => String::new(),
            cell if table.columns[at].is_figure => cell.words(),
            cell => shortened(&cell.words(), longest),
        };
        let line = |cells: &[Cell], part: &dyn Fn(&Cell, usize) -> String| -> Vec<String> {
            let cells = cells.iter().enumerate();
            cells.map(|(at, cell)| part(cell, at)).collect()
        };
        let value = |cell: &Cell, at: usize| match cell {
            Cell::Shown(shown) => shown.value(),
            other => whole(other, at),
        };
        let error = |cell: &Cell, at: usize| match cell {
            Cell::Shown(shown) => shown.error(),
            _ if at == 0 => "  ±".to_owned(),
            _ => String::new(),
        };
        // where an interval stands among them, each says which it is
        let either = |cell: &Cell, _: usize| match cell {
            Cell::Shown(shown) => shown.beside().trim_start().to_owned(),
            _ => String::new(),
        };
        let has_interval = |cells: &[Cell]| {
            let mut shown = cells.iter();
            shown.any(|cell| matches!(cell, Cell::Shown(shown) if shown.is_interval()))
        };
        let has_error = |cells: &[Cell]| {
            let mut shown = cells.iter();
            shown.any(|cell| matches!(cell, Cell::Shown(shown) if !shown.error().is_empty()))
        };
        let rows: Vec<Vec<Vec<String>>> = table
            .rows
            .iter()
            .map(|row| match is_split && has_error(&row.cells) {
                true if has_interval(&row.cells) => {
                    vec![line(&row.cells, &value), line(&row.cells, &either)]
                }
                true => vec![line(&row.cells, &value), line(&row.cells, &error)],
                false => vec![line(&row.cells, &whole)],
            })
            .collect();
        let widest = |lines: &mut dyn Iterator<Item = &Vec<String>>, at: usize| {
            let lengths = lines.map(|line| length(&line[at]));
            lengths.max().unwrap_or(0)
        };
        let body = (0..n).map(|at| widest(&mut rows.iter().flatten(), at));
        let body: Vec<usize> = body.collect();
        let columns = table.columns.iter();
        let whole: Vec<String> = columns.map(|column| column.heading.clone()).collect();
        let headings = match is_halved {
            _ if !table.has_headings() => Vec::new(),
            false => vec![whole],
            true => halves(whole, &body),
        };
        let widths = (0..n).map(|at| widest(&mut headings.iter(), at).max(body[at]));
        Self {
            widths: widths.collect(),
            rows,
            headings,
            manner,
        }
    }

    fn width(&self) -> usize {
        2 + self.widths.iter().sum::<usize>()
            + self.manner.gap * self.widths.len().saturating_sub(1)
    }

    pub fn write(&self, table: &Table, screen: &mut Screen) {
        for cells in &self.headings {
            self.line(table, cells, screen);
        }
        for (lines, row) in self.rows.iter().zip(&table.rows) {
            if let (true, Some(first)) = (self.manner.is_stacked, row.cells.first()) {
                screen.name(&first.words());
            }
            let start = screen.text.len();
            for cells in lines {
                self.line(table, cells, screen);
            }
            if let (true, Some(Cell::Word(word, tone))) = (screen.is_styled, row.cells.last()) {
                screen.colour(start, word, *tone);
            }
            for text in &row.below {
                screen.indented(&text.ticked(), "      ", "      ");
            }
        }
    }

    /// Cells beside each other; what has no room goes to the next line, further in.
    fn line(&self, table: &Table, cells: &[String], screen: &mut Screen) {
        let mut line = String::from(" ");
        let mut gap = 1;
        let mut is_next = false;
        let columns = cells.iter().zip(&self.widths).zip(&table.columns);
        for (at, ((cell, width), column)) in columns.enumerate() {
            if length(&line) + gap + width > screen.width && !line.trim().is_empty() {
                if cells[at..].iter().all(String::is_empty) {
                    break;
                }
                screen.line(&line);
                (line, gap, is_next) = ("   ".to_owned(), 1, true);
            }
            line.push_str(&" ".repeat(gap));
            let set = match column.is_figure && !is_next {
                true => right(cell, *width),
                false => left(cell, *width),
            };
            line.push_str(&set);
            gap = self.manner.gap;
        }
        screen.line(&line);
    }
}

/// Letters by which a heading on one line may be wider than its figures.
const WIDER: usize = 2;

/// Headings on two lines, broken where there is a space.
fn halves(headings: Vec<String>, widths: &[usize]) -> Vec<Vec<String>> {
    let of = |(heading, width): (String, &usize)| match heading.rsplit_once(' ') {
        Some((first, second)) if length(&heading) > *width + WIDER => {
            (first.to_owned(), second.to_owned())
        }
        _ => (String::new(), heading),
    };
    let (first, second): (Vec<_>, Vec<_>) = headings.into_iter().zip(widths).map(of).unzip();
    match first.iter().all(String::is_empty) {
        true => vec![second],
        false => vec![first, second],
    }
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(length(text))))
}

fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(length(text))))
}
