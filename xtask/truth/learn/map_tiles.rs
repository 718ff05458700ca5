//! Draws routes on a map whose tiles lie in one large file: each tile that a route passes is read.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use truth::Random;

const TILES: usize = 40_000;
const BYTES: usize = 1024;
const STEPS: usize = 700_000;

fn tile(file: &mut File, number: usize, bytes: &mut [u8; BYTES]) -> std::io::Result<()> {
    file.seek(SeekFrom::Start((number * BYTES) as u64))?;
    file.read_exact(bytes)
}

/// How steep it is on a tile.
fn steepness(bytes: &[u8; BYTES]) -> u32 {
    bytes.windows(2).map(|pair| u32::from(pair[0].abs_diff(pair[1]))).max().unwrap_or(0)
}

fn main() -> std::io::Result<()> {
    let mut random = Random::new(51);
    let path = std::env::temp_dir().join(format!("map-tiles-{}", std::process::id()));
    let mut file = File::options().create_new(true).read(true).write(true).open(&path)?;
    let mut all = vec![0_u8; TILES * BYTES];
    all.chunks_exact_mut(8).for_each(|word| word.copy_from_slice(&random.number().to_le_bytes()));
    file.write_all(&all)?;
    drop(all);
    let mut bytes = [0; BYTES];
    let (mut at, mut steep) = (TILES / 2, 0);
    for _ in 0..STEPS {
        at = (at + random.below(TILES)) % TILES;
        tile(&mut file, at, &mut bytes)?;
        steep = steep.max(steepness(&bytes)) + u32::from(bytes[7]);
    }
    std::fs::remove_file(path)?;
    println!("{steep}");
    Ok(())
}
