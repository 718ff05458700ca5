//! The state of the vector registers in which timed code begins.

/// Marks the upper halves of all vector registers as unused.
///
/// After a thread has slept, the processor may take them to be in use. SSE instructions, of which
/// code without `target-cpu` is made, must then keep what is in them, and so wait for whatever
/// wrote the register last: on an AMD Zen 4, a loop of SSE2 multiplications took a third longer
/// until they were cleared. AVX code is not slowed down, so a ratio between the two would hang on
/// who slept.
#[inline]
pub(crate) fn clear_upper() {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx") {
        // SAFETY: the processor has AVX, as was just asked.
        unsafe { avx() }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx")]
fn avx() {
    std::arch::x86_64::_mm256_zeroupper();
}
