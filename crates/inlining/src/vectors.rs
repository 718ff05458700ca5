//! Which instructions the arithmetic is compiled for, asked at run time.

/// Instructions that the arithmetic may be compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vectors {
    /// Those that every processor of this architecture has.
    Portable,
    /// AVX2.
    Avx2,
    /// AVX-512 with operations on bytes.
    Avx512,
}

impl Vectors {
    /// The best that this processor has.
    #[inline]
    pub fn best() -> Self {
        let mut ranking = [Self::Avx512, Self::Avx2].into_iter();
        ranking.find(|vectors| vectors.there()).unwrap_or(Self::Portable)
    }

    /// Whether this processor has them.
    #[inline]
    pub fn there(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        return match self {
            Self::Portable => true,
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            Self::Avx512 => is_x86_feature_detected!("avx512bw"),
        };
        #[cfg(not(target_arch = "x86_64"))]
        return self == Self::Portable;
    }
}
