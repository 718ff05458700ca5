//! Which instructions the search of a node may use, asked at run time.

/// Instructions that the search of a node may be compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vectors {
    /// Those of every processor of this architecture.
    Portable,
    /// AVX2 and POPCNT.
    Avx2,
    /// AVX-512 and POPCNT.
    Avx512,
}

impl Vectors {
    /// The widest that this processor has.
    pub(crate) fn best() -> Self {
        let widest = [Self::Avx512, Self::Avx2].into_iter().find(|vectors| vectors.needs().is_ok());
        widest.unwrap_or(Self::Portable)
    }

    /// What the processor must have.
    ///
    /// # Errors
    /// Says what is missing.
    pub fn needs(self) -> Result<(), String> {
        #[cfg(target_arch = "x86_64")]
        let there = match self {
            Self::Portable => true,
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt"),
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("popcnt")
            }
        };
        #[cfg(not(target_arch = "x86_64"))]
        let there = self == Self::Portable;
        if there { Ok(()) } else { Err(format!("this processor has no {self:?}")) }
    }
}
