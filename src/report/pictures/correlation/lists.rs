//! The highest and the lowest pairs in words, in the free half beside the map.
//!
//! In: the matrix. Out: marks. Not here: the map.

use super::{Correlation, EDGE, Pair, WIDTH};
use crate::chart::{Canvas, HPos, Ink, Type, VPos};

/// Pairs listed from either end.
const LISTED: usize = 3;

/// With no more pairs than this the map says it all.
const FEW: usize = 2 * LISTED;

/// Height of a heading, of a line, and free pixels after a list.
const HEADING: f64 = 19.0;
const LINE: f64 = 17.0;
const AFTER: f64 = 10.0;

/// Free pixels between the names on the diagonal and the lists, width of the column of figures.
const BESIDE: f64 = 36.0;
const FIGURES: f64 = 30.0;

/// A heading, its pairs, and how many more pairs read the same as the last of them.
struct List {
    heading: &'static str,
    pairs: Vec<Pair>,
    n_more: usize,
}

impl List {
    fn height(&self) -> f64 {
        let n_lines = self.pairs.len() + usize::from(self.n_more > 0);
        HEADING + n_lines as f64 * LINE + AFTER
    }
}

impl Correlation {
    /// Both lists, if every pair of the one reads higher than every pair of the other.
    fn lists(&self) -> Vec<List> {
        let mut ranked = self.ranked();
        if ranked.len() <= FEW {
            return Vec::new();
        }
        let most = self.list("Most alike", &ranked);
        ranked.reverse();
        let least = self.list("Least alike", &ranked);
        let apart = match (most.pairs.last(), least.pairs.last()) {
            (Some(lowest), Some(highest)) => self.printed_at(*lowest) != self.printed_at(*highest),
            _ => false,
        };
        if apart { vec![most, least] } else { Vec::new() }
    }

    fn list(&self, heading: &'static str, ranked: &[Pair]) -> List {
        let (listed, rest) = ranked.split_at(LISTED);
        let last = self.printed_at(listed[LISTED - 1]);
        let same = rest
            .iter()
            .take_while(|pair| self.printed_at(**pair) == last);
        List {
            heading,
            pairs: listed.to_vec(),
            n_more: same.count(),
        }
    }

    /// Left edge of something `height` high beside the names of the first rows.
    fn beside_names(&self, height: f64) -> f64 {
        let map = self.map();
        let set = map.name_type();
        let n_rows = (height / map.cell().1).ceil() as usize;
        let ends = self.names.iter().take(n_rows).enumerate();
        let ends = ends.map(|(index, name)| {
            let (from, room) = map.name_span(index);
            from + set.width(name).min(room)
        });
        EDGE + ends.fold(0.0, f64::max) + BESIDE
    }

    pub(super) fn draw_lists(&self, canvas: &mut Canvas, top: f64) {
        let lists = self.lists();
        let left = self.beside_names(lists.iter().map(List::height).sum());
        let mut y = top + 4.0;
        for list in lists {
            let end = y + list.height();
            let set = Type::new(12.0, Ink::Text).semibold().down(VPos::Top);
            canvas.text(list.heading, (left, y), &set);
            y += HEADING;
            let set = Type::new(11.5, Ink::Mute).down(VPos::Top);
            let (figures, names) = (left + FIGURES, left + FIGURES + 10.0);
            for pair in &list.pairs {
                let figure = self.printed_at(*pair);
                canvas.text(&figure, (figures, y), &set.across(HPos::Right));
                let both = format!("{} · {}", self.names[pair.1], self.names[pair.0]);
                canvas.name(&both, (names, y), &set, WIDTH - EDGE - names);
                y += LINE;
            }
            if let (Some(last), 1..) = (list.pairs.last(), list.n_more) {
                let more = format!("and {} more at {}", list.n_more, self.printed_at(*last));
                canvas.text(&more, (names, y), &set);
            }
            y = end;
        }
    }
}
