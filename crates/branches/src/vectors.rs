//! Which instructions a filter may use, asked at run time.

/// Instructions that a filter may be compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vectors {
    /// None: the portable rung.
    Portable,
    /// NEON, on AArch64.
    Neon,
    /// AVX2 and POPCNT.
    Avx2,
    /// AVX-512 for registers of all widths, and POPCNT.
    Avx512,
}

impl Vectors {
    /// The best that this processor has.
    pub(crate) fn best() -> Self {
        let mut ranking = [Self::Avx512, Self::Avx2, Self::Neon].into_iter();
        ranking.find(|vectors| vectors.needs().is_ok()).unwrap_or(Self::Portable)
    }

    /// What the processor must have.
    ///
    /// # Errors
    /// Says what is missing.
    pub fn needs(self) -> Result<(), String> {
        #[cfg(target_arch = "x86_64")]
        let there = match self {
            Self::Portable => true,
            Self::Neon => false,
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt"),
            Self::Avx512 => {
                is_x86_feature_detected!("avx512vl") && is_x86_feature_detected!("popcnt")
            }
        };
        #[cfg(not(target_arch = "x86_64"))]
        let there = match self {
            Self::Portable => true,
            Self::Neon => cfg!(target_arch = "aarch64"),
            Self::Avx2 | Self::Avx512 => false,
        };
        if there { Ok(()) } else { Err(format!("this processor has no {self:?}")) }
    }
}
