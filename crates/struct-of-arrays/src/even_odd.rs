//! The columns taken eight orders at a time, without spreading them: the multiplication reads every
//! second lane of a register as it is loaded, and the lanes between after a shift.

use crate::columns::{self, Columns};
#[cfg(target_arch = "x86_64")]
use crate::order::loss;

/// What is lost if the market falls to a price.
pub fn losses(columns: &Columns, market: u32) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { avx2::losses(columns, market) };
    }
    columns::losses(columns, market)
}

pub use columns::settle;

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use super::{Columns, loss};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(super) fn losses(columns: &Columns, market: u32) -> u64 {
        let (price, remaining) = columns.hot();
        let (prices, last_prices) = price.as_chunks::<8>();
        let (remainings, last_remainings) = remaining.as_chunks::<8>();
        let mut sums = Sums::new(market);
        for (price, remaining) in prices.iter().zip(remainings) {
            sums.add(price, remaining);
        }
        let last = last_prices.iter().zip(last_remainings);
        let last = last.map(|(&price, &remaining)| loss(market, price, remaining));
        sums.total() + last.sum::<u64>()
    }

    /// Losses of eight orders at a time, summed up.
    pub(crate) struct Sums {
        market: __m256i,
        even: __m256i,
        odd: __m256i,
    }

    impl Sums {
        /// Nothing lost at this price.
        #[inline]
        #[target_feature(enable = "avx2")]
        pub(crate) fn new(market: u32) -> Self {
            let market = _mm256_set1_epi32(market.cast_signed());
            Self { market, even: _mm256_setzero_si256(), odd: _mm256_setzero_si256() }
        }

        /// Adds what eight orders lose. The multiplication takes every second lane, low to high,
        /// and gives 64 bits for each. The lanes between are shifted into their places for a
        /// second one.
        #[inline]
        #[target_feature(enable = "avx2")]
        pub(crate) fn add(&mut self, price: &[u32; 8], remaining: &[u32; 8]) {
            let (price, remaining) = (load(price), load(remaining));
            let fall = _mm256_sub_epi32(_mm256_max_epu32(price, self.market), self.market);
            self.even = _mm256_add_epi64(self.even, _mm256_mul_epu32(fall, remaining));
            let fall = _mm256_srli_epi64::<32>(fall);
            let remaining = _mm256_srli_epi64::<32>(remaining);
            self.odd = _mm256_add_epi64(self.odd, _mm256_mul_epu32(fall, remaining));
        }

        /// All of it. The lanes meet in a register: through memory, eight orders would wait for it.
        #[inline]
        #[target_feature(enable = "avx2")]
        pub(crate) fn total(&self) -> u64 {
            lanes(_mm256_add_epi64(self.even, self.odd)).iter().sum()
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(lanes: &[u32; 8]) -> __m256i {
        // SAFETY: 32 bytes are readable, and the load asks for no alignment.
        unsafe { _mm256_loadu_si256(lanes.as_ptr().cast()) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn lanes(sum: __m256i) -> [u64; 4] {
        // SAFETY: any bits of a vector are four integers of 64 bits.
        unsafe { std::mem::transmute(sum) }
    }
}
