//! A map of tiles on which creatures wander: each looks at the tiles around it, goes where most
//! grass is, and eats it; grass grows again.

use std::collections::HashMap;

use truth::Random;

#[derive(Clone, Copy)]
struct Tile {
    grass: u8,
    height: u8,
    water: bool,
}

struct Creature {
    at: (i32, i32),
    energy: i32,
    age: u32,
}

struct World {
    tiles: HashMap<(i32, i32), Tile>,
    creatures: Vec<Creature>,
    random: Random,
}

/// Smooth hills out of a few waves.
fn height(x: i32, y: i32) -> u8 {
    let wave = |scale: f64| ((f64::from(x) / scale).sin() + (f64::from(y) / scale).cos()) / 4.0;
    ((wave(17.0) + wave(5.0) + 1.0) * 127.0) as u8
}

impl World {
    fn new(size: i32, creatures: usize) -> World {
        let mut random = Random::new(7);
        let mut tiles = HashMap::new();
        for y in 0..size {
            for x in 0..size {
                let height = height(x, y);
                let grass = random.below(9) as u8;
                tiles.insert((x, y), Tile { grass, height, water: height < 60 });
            }
        }
        let mut place = || random.below(size as usize) as i32;
        let creatures = (0..creatures)
            .map(|_| Creature { at: (place(), place()), energy: 20, age: 0 })
            .collect();
        World { tiles, creatures, random: Random::new(8) }
    }

    /// How good a tile looks to a creature that stands at some height.
    fn appeal(tile: &Tile, from: u8, luck: u64) -> i32 {
        let climb = i32::from(tile.height.abs_diff(from)) / 8;
        i32::from(tile.grass) * 3 - climb + (luck % 3) as i32
    }

    fn step(&mut self) {
        for creature in &mut self.creatures {
            let (x, y) = creature.at;
            let from = self.tiles.get(&creature.at).map_or(0, |tile| tile.height);
            let mut best = (i32::MIN, creature.at);
            for (dx, dy) in [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)] {
                let there = (x + dx, y + dy);
                let Some(tile) = self.tiles.get(&there) else { continue };
                if tile.water {
                    continue;
                }
                let appeal = World::appeal(tile, from, self.random.number());
                if appeal > best.0 {
                    best = (appeal, there);
                }
            }
            creature.at = best.1;
            creature.age += 1;
            if let Some(tile) = self.tiles.get_mut(&creature.at) {
                creature.energy += i32::from(tile.grass) - 3;
                tile.grass = 0;
            }
        }
        self.grow();
    }

    fn grow(&mut self) {
        for tile in self.tiles.values_mut() {
            if !tile.water && tile.grass < 9 && self.random.number().is_multiple_of(8) {
                tile.grass += 1;
            }
        }
    }

    fn summary(&self) -> (i64, u64) {
        let energy = self.creatures.iter().map(|creature| i64::from(creature.energy)).sum();
        (energy, self.tiles.values().map(|tile| u64::from(tile.grass)).sum())
    }
}

fn main() {
    let mut world = World::new(200, 12_000);
    for day in 0..700 {
        world.step();
        if day % 50 == 0 {
            println!("day {day}: energy and grass {:?}", world.summary());
        }
    }
}
