//! Which paths of a block need a cascade at all: the only part of the loop that every month pays.
//!
//! In: a [`System`], rows of losses. Out: a row that marks the triggered paths. Not here: the
//! cascade (`cascade`), thinned or obeying agents.

use super::system::System;
use crate::math::Lanes;

/// Paths worked on at once: enough to fill the widest registers.
const WIDTH: usize = 16;

/// Marks with 1 the paths on which some cluster sees a loss at its first trigger, with 0 the
/// others; says whether there are any.
///
/// `losses` holds one row of exogenous log-losses per market. The loads have the same bits as
/// those of [`Cascade::is_triggered`](super::Cascade::is_triggered), so the marks are its answers.
#[inline(always)]
pub fn mark_triggered(system: &System, losses: &[Lanes], marks: &mut Lanes) -> bool {
    debug_assert_eq!(losses.len(), system.n_markets(), "one row per market");
    let mut most = [0.0; WIDTH];
    for (block, marks) in marks.as_chunks_mut::<WIDTH>().0.iter_mut().enumerate() {
        let mut marked = [0.0; WIDTH];
        for (g, cluster) in system.clusters.iter().enumerate() {
            let mut loads = [0.0; WIDTH];
            for (weight, row) in system.weights(g).iter().zip(losses) {
                let row = &row.as_chunks::<WIDTH>().0[block];
                for (load, loss) in loads.iter_mut().zip(row) {
                    *load = weight.mul_add(*loss, *load);
                }
            }
            for (mark, load) in marked.iter_mut().zip(&loads) {
                *mark = if *load >= cluster.first_trigger {
                    1.0
                } else {
                    *mark
                };
            }
        }
        for (most, mark) in most.iter_mut().zip(&marked) {
            *most += mark;
        }
        *marks = marked;
    }
    most.iter().any(|count| *count > 0.0)
}
