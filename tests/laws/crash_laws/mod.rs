//! The crash loop against its exact laws: the law of the number fired, closed forms of the fluid
//! limit, quadratures end to end, and what holds for any system whatever.
//!
//! Every statistical case passes within four of its own standard errors, and must fail by the same
//! rule when a parameter it depends on is off by 5 % (a zero moves by .05, an integer by 1).

mod agree;
mod anatomy;
mod branching;
mod closed;
mod correlation;
mod counts;
mod diversity;
mod exact;
mod execution;
mod fluid;
mod granular;
mod invariants;
mod joint;
mod limits;
mod markets;
mod months;
mod naive;
mod random_system;
mod realised;
