//! Which instructions a mixer is compiled for, asked at run time.

/// Instructions that a mixer may be compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vectors {
    /// Those that every processor of this architecture has.
    Portable,
    /// AVX2.
    Avx2,
    /// AVX-512, and AVX2 for what is narrow.
    Avx512,
}

impl Vectors {
    /// The best that this processor has.
    pub fn best() -> Self {
        let mut ranking = [Self::Avx512, Self::Avx2].into_iter();
        ranking.find(|vectors| vectors.there()).unwrap_or(Self::Portable)
    }

    /// Whether this processor has them.
    pub fn there(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return match self {
            Self::Portable => true,
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            Self::Avx512 => Self::Avx2.there() && is_x86_feature_detected!("avx512f"),
        };
        #[cfg(not(target_arch = "x86_64"))]
        return self == Self::Portable;
    }

    /// These where the processor has them, otherwise none.
    pub(crate) fn or_portable(self) -> Self {
        if self.there() { self } else { Self::Portable }
    }
}
