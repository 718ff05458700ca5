//! Columns cut into tiles of one cache line, eight orders each. The loop is that of `even_odd`: a
//! tile is a register of prices and one of quantities.
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

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use super::Tile;
    use crate::even_odd::avx2::Sums;

    #[target_feature(enable = "avx2")]
    pub(crate) fn losses(tiles: &[Tile], market: u32) -> u64 {
        let mut sums = Sums::new(market);
        for tile in tiles {
            sums.add(&tile.price, &tile.remaining);
        }
        sums.total()
    }
}
