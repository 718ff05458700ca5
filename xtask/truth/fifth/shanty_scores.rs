//! Reads songs in a notation of letters, plays them on paper, and writes them back in another key
//! and without superfluous signs.

use truth::Random;

const SONGS: usize = 360;
const BARS: usize = 2_600;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Token {
    Note { step: i8, length: u8 },
    Rest { length: u8 },
    Bar,
    Open,
    Close,
}

/// What a byte can be in a song.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Note,
    Digit,
    Sign,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'g' | b'A'..=b'G' | b'z' => Class::Note,
            b'0'..=b'9' => Class::Digit,
            b'|' | b'[' | b']' => Class::Sign,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Half steps of the letters from A to G above a low C.
const STEPS: [i8; 7] = [9, 11, 0, 2, 4, 5, 7];
/// A letter and whether it is sharp, for each half step.
const LETTERS: [(u8, bool); 12] = [
    (b'C', false),
    (b'C', true),
    (b'D', false),
    (b'D', true),
    (b'E', false),
    (b'F', false),
    (b'F', true),
    (b'G', false),
    (b'G', true),
    (b'A', false),
    (b'A', true),
    (b'B', false),
];

/// Reads a song; what it does not know is left out.
fn read(song: &[u8], tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut at = 0;
    let mut sharp = 0;
    while let Some(&byte) = song.get(at) {
        at += 1;
        match CLASSES[usize::from(byte)] {
            Class::Note => {
                let mut length = 0_u8;
                while let Some(&digit) = song.get(at)
                    && CLASSES[usize::from(digit)] == Class::Digit
                {
                    length = length.wrapping_mul(10).wrapping_add(digit - b'0');
                    at += 1;
                }
                let length = length.max(1);
                tokens.push(match byte {
                    b'z' => Token::Rest { length },
                    b'a'..=b'g' => note(byte - b'a', 12 + sharp, length),
                    _ => note(byte - b'A', sharp, length),
                });
                sharp = 0;
            }
            Class::Sign => tokens.push(match byte {
                b'[' => Token::Open,
                b']' => Token::Close,
                _ => Token::Bar,
            }),
            Class::Digit => {}
            Class::Other => sharp += i8::from(byte == b'^') - i8::from(byte == b'_'),
        }
    }
}

fn note(letter: u8, shift: i8, length: u8) -> Token {
    Token::Note { step: STEPS[usize::from(letter)] + shift, length }
}

/// What a song lasts, with chords as long as their longest note, and its lowest and highest note.
fn play(tokens: &[Token]) -> (u32, i8, i8) {
    let (mut time, mut chord, mut inside) = (0, 0, false);
    let (mut lowest, mut highest) = (i8::MAX, i8::MIN);
    for &token in tokens {
        let length = match token {
            Token::Note { step, length } => {
                lowest = lowest.min(step);
                highest = highest.max(step);
                u32::from(length)
            }
            Token::Rest { length } => u32::from(length),
            Token::Open => {
                inside = true;
                0
            }
            Token::Close => {
                time += chord;
                (chord, inside) = (0, false);
                0
            }
            Token::Bar => 0,
        };
        if inside { chord = chord.max(length) } else { time += length }
    }
    (time, lowest, highest)
}

/// Writes a song so many half steps higher.
fn write(tokens: &[Token], higher: i8, song: &mut Vec<u8>) {
    song.clear();
    for &token in tokens {
        match token {
            Token::Note { step, length } => {
                let step = step + higher;
                let (letter, sharp) = LETTERS[step.rem_euclid(12) as usize];
                if sharp {
                    song.push(b'^');
                }
                song.push(if step >= 12 { letter.to_ascii_lowercase() } else { letter });
                push_length(song, length);
            }
            Token::Rest { length } => {
                song.push(b'z');
                push_length(song, length);
            }
            Token::Bar => song.push(b'|'),
            Token::Open => song.push(b'['),
            Token::Close => song.push(b']'),
        }
    }
}

fn push_length(song: &mut Vec<u8>, length: u8) {
    if length >= 10 {
        song.push(b'0' + length / 10 % 10);
    }
    if length > 1 {
        song.push(b'0' + length % 10);
    }
}

fn song(random: &mut Random, song: &mut Vec<u8>) {
    song.clear();
    for _ in 0..BARS {
        for _ in 0..4 + random.below(4) {
            let number = random.number();
            match number & 15 {
                0 => song.push(b'^'),
                1 => song.push(b' '),
                2 => song.extend(b"[CEG]2"),
                _ => {}
            }
            song.push(b"abcdefgABCDEFGzz"[(number >> 8) as usize & 15]);
            if number >> 16 & 1 == 0 {
                song.push(b'0' + (number >> 20) as u8 % 9);
            }
        }
        song.push(b'|');
    }
}

fn main() {
    let mut random = Random::new(526);
    let (mut text, mut out, mut tokens) = (Vec::new(), Vec::new(), Vec::new());
    let (mut time, mut spared) = (0, 0);
    for number in 0..SONGS {
        song(&mut random, &mut text);
        for higher in [-5, -2, 3, 4] {
            read(&text, &mut tokens);
            let (length, lowest, highest) = play(&tokens);
            write(&tokens, higher, &mut out);
            time += length;
            spared += text.len() as i64 - out.len() as i64;
            if number % 20 == 0 && higher == 3 {
                println!("song {number}: {length} beats from {lowest} to {highest}");
            }
        }
    }
    println!("{time} beats, {spared} signs spared");
}
