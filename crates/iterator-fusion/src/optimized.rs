//! The same source, compiled once more for processors with AVX2: registers of twice the width.
//! Which of the two is called is asked at run time.

use crate::lanes;
use crate::recording::{Block, Mean, Probe, Recording};

/// The mean plausible temperature of every hour.
pub fn means(recording: &Recording) -> Vec<Mean> {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        let hours = recording.blocks.chunk_by(|a, b| a.hour == b.hour);
        // SAFETY: this processor has what the function was compiled for.
        let mean = |blocks| unsafe { mean(blocks, recording.probe) };
        return hours.filter_map(mean).collect();
    }
    lanes::means(recording)
}

/// The mean of the blocks of one hour, if it has a plausible reading.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn mean(blocks: &[Block], probe: Probe) -> Option<Mean> {
    lanes::mean_of(blocks, probe)
}
