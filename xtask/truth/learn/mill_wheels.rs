//! Wheels of a mill, whose speed follows from the water by rules that the miller chooses. Prints how
//! much was ground.

use truth::Random;

struct Stream {
    levels: Vec<f32>,
}

impl Stream {
    /// Does something with each hour's level.
    fn each_hour(&self, what: &mut dyn FnMut(f32)) {
        for level in &self.levels {
            what(*level);
        }
    }
}

fn ground(stream: &Stream, wheel: f32) -> f32 {
    let (mut sum, mut highest) = (0.0, 0.0);
    stream.each_hour(&mut |level| sum += if level > wheel { wheel } else { level });
    stream.each_hour(&mut |level| highest = if level > highest { level } else { highest });
    sum / highest
}

/// Rain makes levels: what falls runs off slowly.
fn rain(stream: &mut Stream, random: &mut Random) {
    let mut level = 1.0;
    for hour in &mut stream.levels {
        level = level * 0.95 + (random.number() >> 40) as f32 * 1e-8;
        *hour = level;
    }
}

fn main() {
    let mut random = Random::new(1_086);
    let mut stream = Stream { levels: vec![0.0; 9_000] };
    let mut flour = 0.0;
    for day in 0..9_000 {
        rain(&mut stream, &mut random);
        flour += ground(&stream, 0.5 + day as f32 * 0.001);
        flour += ground(&stream, 0.7);
    }
    println!("{flour}");
}
