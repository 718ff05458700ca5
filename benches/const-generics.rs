//! Frames of 5.1, six channels each: four frames are over before a path is chosen, 500 are a block
//! of an audio engine, 20,000 are in a second-level cache, 1,000,000 (a third of a minute) come
//! from memory. Then a block of 1,024 frames by its number of channels: 2 and 8 have functions of
//! their own; 7 and 32 have not, and take the last arm, which is for any number. No
//! branch depends on a sample, and a block just received is warm: the inputs are fixed.

use const_generics::mix::Mix;
use const_generics::{Audio, BLOCK, RUNGS, agree, by_channels, edges, surround};
use harness::{Bench, DoesNotPay, Faster, Limit, Rung};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Audio, Mix>]) -> Bench<Audio, Mix> {
    Bench::within(rungs, agree)
        .item("frame")
        .substance(|mix| mix.samples.iter().filter(|sample| **sample != 0.0).count())
        .input("5.1", surround)
        .fixed()
        .quick([4, 500, 20_000])
        .standard([1_000_000])
        .full([5_000_000])
        .input("by channels", by_channels)
        .across("channels", "", BLOCK)
        .fixed()
        .quick([2, 7, 8])
        .standard([32])
        .beyond("5.1", 1_000_000)
        .beyond("5.1", 5_000_000)
        .edges(edges::edges)
        .limit(Limit::Copy(|audio: &Audio| audio.song.frames.len() * 4))
}

fn main() {
    bench(RUNGS)
        .claim("const_n", "5.1", 500, Faster)
        .claim("optimized", "5.1", 500, Faster)
        .claim("optimized", "5.1", 20_000, Faster)
        .claim("const_n", "by channels", 2, Faster)
        .claim("optimized", "by channels", 8, Faster)
        .claim("const_n", "by channels", 7, DoesNotPay)
        .claim("columns", "by channels", 32, DoesNotPay)
        .claim("optimized", "by channels", 7, Faster)
        .claim("optimized", "by channels", 32, Faster)
        .claim("columns", "by channels", 8, Faster)
        .over("const_n")
        .claim("prepared", "5.1", 4, Faster)
        .over("columns")
        .claim("optimized", "5.1", 500, Faster)
        .over("prepared")
        .main();
}
