//! Sand in a glass: grains fall from cell to cell of a grid of bytes. Nothing is wrong with it.
//! Prints when it is still.

use truth::Random;

const SIDE: usize = 300;

/// Each grain falls, straight or aside; says how many moved.
fn fall(cells: &mut [[u8; SIDE]; SIDE]) -> usize {
    let mut moved = 0;
    for row in (0..SIDE - 1).rev() {
        for column in 1..SIDE - 1 {
            if cells[row][column] == 0 {
                continue;
            }
            for to in [column, column - 1, column + 1] {
                if cells[row + 1][to] == 0 {
                    cells[row + 1][to] = cells[row][column];
                    cells[row][column] = 0;
                    moved += 1;
                    break;
                }
            }
        }
    }
    moved
}

fn main() {
    let mut random = Random::new(1_338);
    let mut steps = 0;
    for _ in 0..56 {
        let mut cells = Box::new([[0; SIDE]; SIDE]);
        for row in cells.iter_mut().take(SIDE / 3) {
            row.iter_mut().for_each(|cell| *cell = (random.number() >> 63) as u8);
        }
        while fall(&mut cells) > 0 {
            steps += 1;
        }
    }
    println!("{steps}");
}
