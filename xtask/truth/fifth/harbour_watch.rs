//! Watches the ships before a harbour: which of them are near a pilot boat or a buoy at each
//! minute, and what traffic each berth will have.

use truth::Random;

const SHIPS: usize = 320_000;
const MINUTES: u32 = 28;
const POSTS: usize = 9;

/// What a ship has told of itself.
struct Ship {
    number: u32,
    call_sign: [u8; 8],
    name: [u8; 24],
    destination: [u8; 20],
    x: f32,
    y: f32,
    course: f32,
    knots: f32,
    draught: f32,
    length: u16,
    beam: u16,
    berth: u16,
    arrival: u32,
    heard: u32,
}

struct Post {
    x: f32,
    y: f32,
    /// How far it is responsible, in cables.
    range: f32,
}

fn ships(random: &mut Random) -> Vec<Ship> {
    let ship = |number| {
        let bits = random.number();
        let letter = |at: usize| b'A' + (bits.rotate_right(at as u32 * 5) as u8) % 26;
        Ship {
            number,
            call_sign: std::array::from_fn(letter),
            name: std::array::from_fn(letter),
            destination: std::array::from_fn(letter),
            x: 900.0 * random.unit() as f32,
            y: 900.0 * random.unit() as f32,
            course: std::f32::consts::TAU * random.unit() as f32,
            knots: 18.0 * random.unit() as f32,
            draught: 3.0 + (bits & 15) as f32,
            length: 20 + (bits >> 8 & 255) as u16,
            beam: 6 + (bits >> 16 & 31) as u16,
            berth: (bits >> 24) as u16 % 64,
            arrival: (bits >> 40) as u32 % 1440,
            heard: 0,
        }
    };
    (0..SHIPS as u32).map(ship).collect()
}

/// All ships a minute later.
fn sail(ships: &mut [Ship], minute: u32) {
    for ship in ships {
        let cables = ship.knots / 6.0;
        ship.x += cables * ship.course.cos();
        ship.y += cables * ship.course.sin();
        ship.heard = minute;
    }
}

/// How many ships a post is responsible for.
fn near(ships: &[Ship], post: &Post) -> u32 {
    let is_near = |ship: &Ship| {
        let (east, north) = (ship.x - post.x, ship.y - post.y);
        east * east + north * north < post.range * post.range
    };
    ships.iter().map(|ship| u32::from(is_near(ship))).sum()
}

/// The most metres of ships that are at a berth within an hour, by berth.
fn crowded(ships: &[Ship]) -> Vec<u32> {
    let mut metres = vec![[0; 24]; 64];
    for ship in ships {
        if ship.draught < 14.0 {
            let taken = u32::from(ship.length) + u32::from(ship.beam);
            metres[usize::from(ship.berth)][ship.arrival as usize / 60] += taken;
        }
    }
    metres.iter().map(|hours| hours.iter().copied().max().unwrap_or_default()).collect()
}

/// A list for the pilots: the deepest ships with all that is known of them.
fn list(ships: &[Ship]) -> String {
    let mut deep: Vec<&Ship> = ships.iter().filter(|ship| ship.draught > 17.5).collect();
    let key = |ship: &&Ship| (ship.berth, ship.number);
    deep.select_nth_unstable_by_key(400, key);
    deep.truncate(400);
    deep.sort_unstable_by_key(key);
    let mut list = String::with_capacity(400 * 90);
    for ship in deep {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (name, sign) = (text(&ship.name), text(&ship.call_sign));
        let to = text(&ship.destination);
        list += &format!("{:3} {name} {sign} {to} {:3}\n", ship.berth, ship.heard);
    }
    list
}

fn main() {
    let mut random = Random::new(512);
    let mut ships = ships(&mut random);
    let post = |_| Post {
        x: 900.0 * random.unit() as f32,
        y: 900.0 * random.unit() as f32,
        range: 20.0 + 60.0 * random.unit() as f32,
    };
    let posts: Vec<Post> = (0..POSTS).map(post).collect();
    let mut most = vec![0; POSTS];
    for minute in 1..=MINUTES {
        sail(&mut ships, minute);
        for (post, most) in posts.iter().zip(&mut most) {
            *most = near(&ships, post).max(*most);
        }
    }
    println!("most ships of each post: {most:?}");
    println!("metres in the fullest hours: {:?}", &crowded(&ships)[..12]);
    let list = list(&ships);
    println!("list of {} bytes begins\n{}", list.len(), list.lines().next().unwrap_or_default());
}
