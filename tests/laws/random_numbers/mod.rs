//! Random numbers follow their laws, are independent of each other, and have the same bits at
//! every SIMD level. Seeds are fixed; tolerances are four standard errors; every test is shown to
//! fail when what it checks is off by a stated amount.

mod independence;
mod law;
mod levels;

use tailwheel::random::{Address, LANES, Lanes, ObjectKind, Purpose, Stream};
use tailwheel::stage::Level;

/// Standard errors allowed.
const TOLERANCE: f64 = 4.0;

fn stream(name: &str, block: u64) -> Stream {
    Stream::open(&Address::new(20_260_101, Purpose::Experiment, ObjectKind::World, name), block)
}

/// The first `n` normals of a stream.
fn normals(mut stream: Stream, n: usize) -> Vec<f64> {
    let (mut values, mut row) = (vec![0.0; n], Lanes::ZERO);
    Level::detect().run(
        #[inline(always)]
        || {
            for chunk in values.chunks_mut(LANES) {
                stream.normals(&mut row);
                chunk.copy_from_slice(&row[..chunk.len()]);
            }
        },
    );
    values
}
