//! A block: 256 paths that advance together, one stage after the other.
//!
//! In: a plan, the number of the block. Out: the state of its paths after each month. Not here: the
//! recording of results (`engine`).

use super::Plan;
use crate::book::{Account, Book};
use crate::math::{LANES, Lanes};
use crate::stage::{Cx, Draws, Level, Month, PlacedStage, Rows};
use std::ops::Range;

/// State of a block of 256 paths that advance together.
pub struct Block {
    /// Number of the block, which holds paths `256·number … 256·number + 255`.
    pub number: u64,
    /// The run with agents and, if the plan has one, the paired run without agents, on the same draws.
    pub worlds: Vec<World>,
    pub draws: Draws,
    scratch: Vec<u16>,
    month: u32,
}

/// Complete state of a block of 256 paths in the run with or without agents. Rows that are equal in both runs are
/// computed once and copied; otherwise neither run reads the other's state.
pub struct World {
    pub book: Book,
    pub rows: Rows,
}

impl Block {
    /// Allocates memory for any block of `plan`; call [`open`](Self::open) before use.
    pub fn new(plan: &Plan) -> Self {
        Self {
            number: 0,
            worlds: (0..plan.n_worlds())
                .map(|_| World { book: Book::new(plan.accounts.len()), rows: Rows::new(plan.n_rows) })
                .collect(),
            draws: Draws::new(plan.draws.len()),
            scratch: Vec::new(),
            month: 0,
        }
    }

    /// Draws of the current month, common to the runs with and without agents.
    pub fn draws(&self) -> &Draws {
        &self.draws
    }

    /// Number of the block's first path.
    pub fn first_path(&self) -> u64 {
        self.number * LANES as u64
    }

    /// Begins block `number` (256 paths) in the state of day one.
    pub fn open(&mut self, plan: &Plan, level: Level, number: u64) {
        (self.number, self.month) = (number, 0);
        level.run(
            #[inline(always)]
            || self.draws.open(&plan.draws, number),
        );
        for world in &mut self.worlds {
            world.open(plan);
        }
        self.run(&plan.open_stages, level);
    }

    /// Advances every path by one month.
    pub fn advance(&mut self, plan: &Plan, level: Level) {
        self.month += 1;
        level.run(
            #[inline(always)]
            || {
                self.draws.advance(&plan.draws);
                plan.joint.apply(&mut self.draws, self.month);
            },
        );
        self.run(&plan.month_stages, level);
    }

    /// Runs `stages` in the run with agents and in the paired run without agents. A `feedback_only` stage (agent
    /// selling) runs in the former alone. Rows that are equal in both are computed once and copied.
    fn run(&mut self, stages: &[PlacedStage], level: Level) {
        let month = Month { index: self.month, first_path: self.first_path() };
        for index in 0..self.worlds.len() {
            let (before, worlds) = self.worlds.split_at_mut(index);
            let (first, world) = (before.first(), &mut worlds[0]);
            let mut cx = Cx {
                month,
                book: &mut world.book,
                rows: &mut world.rows,
                draws: &self.draws,
                scratch: &mut self.scratch,
            };
            for placed in stages {
                match first {
                    Some(_) if placed.feedback_only => {}
                    Some(first) if !placed.common.is_empty() => {
                        cx.rows.copy(&placed.common, &first.rows);
                    }
                    _ => placed.stage.run_at(level, &mut cx),
                }
            }
        }
    }
}

impl World {
    /// Sets accounts and rows to the state of day one.
    fn open(&mut self, plan: &Plan) {
        self.book.clear();
        self.rows.clear();
        for (index, label) in plan.accounts.iter().enumerate() {
            if label.opening != 0.0 {
                let account = Account::at(u16::try_from(index).expect("accounts are u16"));
                let amount = Lanes::splat(label.opening);
                self.book.post(plan.opening_of(label), account, &amount);
            }
        }
    }
}

/// Number of blocks that cover all paths of a plan; the last may be partly used.
pub fn n_blocks(plan: &Plan) -> u64 {
    plan.n_paths.div_ceil(LANES as u64)
}

/// Number of the plan's paths in `blocks`; the last block may be partly used.
pub(crate) fn n_paths_in(plan: &Plan, blocks: &Range<u64>) -> usize {
    let first_of = |block: u64| plan.n_paths.min(block * LANES as u64);
    usize::try_from(first_of(blocks.end) - first_of(blocks.start)).expect("memory was estimated before")
}
