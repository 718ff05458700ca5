//! Columns cut into tiles of one cache line, eight orders each, and every tile taken in two loads,
//! where the processor has AVX2.
//!
//! The last tile is filled up with orders of nothing, which lose nothing: no order is left over for
//! a loop of its own.

use crate::hot_cold::Cold;
use crate::order::{Order, loss};

/// Orders in a tile.
const LANES: usize = 8;

/// The hot fields of eight orders, in one cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub struct Tile {
    price: [u32; LANES],
    remaining: [u32; LANES],
}

/// The hot fields of orders, in tiles.
pub fn tiles(orders: &[Order]) -> Vec<Tile> {
    let tile = |orders: &[Order]| {
        let mut tile = Tile::default();
        for (lane, order) in orders.iter().enumerate() {
            tile.price[lane] = order.price;
            tile.remaining[lane] = order.remaining;
        }
        tile
    };
    orders.chunks(LANES).map(tile).collect()
}

/// What is lost if the market falls to a price.
pub fn losses(tiles: &[Tile], market: u32) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { avx2::losses(tiles, market) };
    }
    losses_anywhere(tiles, market)
}

/// The sum of the digests of the orders in these places.
pub fn settle(tiles: &[Tile], cold: &[Cold], places: &[u32]) -> u64 {
    let whole = |place: usize| {
        let tile = &tiles[place / LANES];
        cold[place].with(tile.price[place % LANES], tile.remaining[place % LANES])
    };
    places.iter().map(|&place| whole(place as usize).digest()).fold(0, u64::wrapping_add)
}

/// For processors without AVX2: the compiler makes what vectors it can.
pub(crate) fn losses_anywhere(tiles: &[Tile], market: u32) -> u64 {
    let hot = tiles.iter().flat_map(|tile| tile.price.iter().zip(&tile.remaining));
    hot.map(|(&price, &remaining)| loss(market, price, remaining)).sum()
}

/// A register of eight prices and one of eight quantities: a tile is exactly that.
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use super::{LANES, Tile};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(crate) fn losses(tiles: &[Tile], market: u32) -> u64 {
        let market = _mm256_set1_epi32(market.cast_signed());
        let mut sums = [_mm256_setzero_si256(); 4];
        let (pairs, last) = tiles.as_chunks::<2>();
        for [a, b] in pairs {
            add(&mut sums, a, market, 0);
            add(&mut sums, b, market, 2);
        }
        for tile in last {
            add(&mut sums, tile, market, 0);
        }
        sums.iter().flat_map(|sum| lanes(*sum)).sum()
    }

    /// The multiplication takes every second lane, low to high, and gives 64 bits for each. The
    /// lanes between are shifted into their places for a second one.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn add(sums: &mut [__m256i; 4], tile: &Tile, market: __m256i, at: usize) {
        let (price, remaining) = (load(&tile.price), load(&tile.remaining));
        let fall = _mm256_sub_epi32(_mm256_max_epu32(price, market), market);
        let even = _mm256_mul_epu32(fall, remaining);
        let odd =
            _mm256_mul_epu32(_mm256_srli_epi64::<32>(fall), _mm256_srli_epi64::<32>(remaining));
        sums[at] = _mm256_add_epi64(sums[at], even);
        sums[at + 1] = _mm256_add_epi64(sums[at + 1], odd);
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load(lanes: &[u32; LANES]) -> __m256i {
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
