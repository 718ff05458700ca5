//! Looks up the owners of cars that a camera saw, in a register sorted by plate.

use truth::Random;

const CARS: usize = 6_000_000;
const SEEN: usize = 2_200_000;

struct Register {
    plates: Vec<u64>,
    owners: Vec<u32>,
}

impl Register {
    fn owner(&self, plate: u64) -> Option<u32> {
        let (mut low, mut high) = (0, self.plates.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.plates[middle] < plate {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (self.plates.get(low) == Some(&plate)).then(|| self.owners[low])
    }
}

/// Letters and digits of a plate, packed.
fn spelled(plate: u64) -> [u8; 8] {
    let mut text = [b'0'; 8];
    let mut rest = plate;
    for letter in text.iter_mut().rev() {
        *letter = b"0123456789ABCDEFGHJKLMNPRSTUVWXY"[(rest % 32) as usize];
        rest /= 32;
    }
    text
}

fn main() {
    let mut random = Random::new(43);
    let mut plate = 0;
    let plates: Vec<u64> = (0..CARS)
        .map(|_| {
            plate += 1 + random.below(90) as u64;
            plate
        })
        .collect();
    let owners = (0..CARS).map(|_| random.below(3_000_000) as u32).collect();
    let register = Register { plates, owners };
    let (mut known, mut letters, mut fines) = (0_u64, 0_u64, 0_u64);
    for _ in 0..SEEN {
        let seen = match random.below(4) {
            0 => random.below(plate as usize) as u64,
            _ => register.plates[random.below(CARS)],
        };
        match register.owner(seen) {
            Some(owner) => known += u64::from(owner % 97),
            None => fines += 1,
        }
        letters += spelled(seen).iter().map(|&letter| u64::from(letter)).sum::<u64>();
    }
    println!("{known} {letters} {fines}");
}
