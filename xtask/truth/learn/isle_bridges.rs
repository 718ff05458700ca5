//! Islands and bridges between them: which can be reached from each other, by trees in an array.
//! Nothing is wrong with it. Prints how many groups there are.

use truth::Random;

const ISLES: usize = 20_000;

fn root(above: &mut [u32], mut isle: u32) -> u32 {
    while above[isle as usize] != isle {
        let up = above[above[isle as usize] as usize];
        above[isle as usize] = up;
        isle = up;
    }
    isle
}

fn main() {
    let mut random = Random::new(1_300);
    let mut above = vec![0_u32; ISLES];
    let mut sizes = vec![0_u32; ISLES];
    let mut groups = 0;
    for _ in 0..1_200 {
        above.iter_mut().zip(0..).for_each(|(above, isle)| *above = isle);
        sizes.fill(1);
        for _ in 0..ISLES {
            let bits = random.number();
            let one = root(&mut above, (bits >> 32) as u32 % ISLES as u32);
            let other = root(&mut above, bits as u32 % ISLES as u32);
            if one != other {
                let (small, large) = if sizes[one as usize] < sizes[other as usize] {
                    (one, other)
                } else {
                    (other, one)
                };
                above[small as usize] = large;
                sizes[large as usize] += sizes[small as usize];
            }
        }
        groups += (0..ISLES as u32).filter(|isle| above[*isle as usize] == *isle).count();
    }
    println!("{groups}");
}
