//! Lays the weather over a map, picture by picture: each pixel is mixed from both.

use truth::Random;

const WIDTH: usize = 640;
const HEIGHT: usize = 480;
const PICTURES: usize = 700;

/// Red, green, blue and how much of it covers what is below.
type Pixels = Vec<u8>;

fn lay_over(map: &mut Pixels, weather: &Pixels) {
    for (below, above) in map.chunks_mut(4).zip(weather.chunks(4)) {
        let cover = u32::from(above[3]);
        for colour in 0..3 {
            let mixed = u32::from(above[colour]) * cover + u32::from(below[colour]) * (255 - cover);
            below[colour] = (mixed / 255) as u8;
        }
    }
}

/// Clouds move on.
fn blown(weather: &mut Pixels, by: usize) {
    weather.rotate_right(by * 4);
}

/// Where rain is heaviest.
fn heaviest(weather: &Pixels) -> usize {
    let rows = weather.chunks_exact(WIDTH * 4);
    let sums = rows.map(|row| row.iter().map(|&byte| u32::from(byte)).sum::<u32>());
    sums.enumerate().max_by_key(|&(_, sum)| sum).map_or(0, |(row, _)| row)
}

fn main() {
    let mut random = Random::new(44);
    let mut bytes = || (0..WIDTH * HEIGHT * 4).map(|_| random.number() as u8).collect::<Pixels>();
    let (map, mut weather) = (bytes(), bytes());
    let (mut shown, mut sum) = (map.clone(), 0);
    for picture in 0..PICTURES {
        shown.copy_from_slice(&map);
        lay_over(&mut shown, &weather);
        sum += heaviest(&shown) + usize::from(shown[picture * 4]);
        blown(&mut weather, 3);
    }
    println!("{sum}");
}
