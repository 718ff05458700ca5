//! Replays how a screenplay was written: what its authors typed, took back and moved, and how many
//! pages it had in print after each session.

use truth::{Font, Random};

const SESSIONS: usize = 55;
const EDITS: usize = 1_500;
/// Widths of a line of dialogue and of action, for each size of paper.
const COLUMNS: [[u32; 2]; 3] = [[22_000, 36_000], [20_000, 33_000], [24_000, 40_000]];
const LINES: usize = 54;

enum Edit {
    Type { at: usize, text: String },
    Erase { at: usize, length: usize },
}

#[derive(Default)]
struct Script {
    text: String,
    typed: usize,
    erased: usize,
}

impl Script {
    fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::Type { at, text } => {
                self.text.insert_str(*at, text);
                self.typed += text.len();
            }
            Edit::Erase { at, length } => {
                self.text.replace_range(*at..at + length, "");
                self.erased += length;
            }
        }
    }
}

/// What two authors do: each writes on at a place, word by word, now and then goes elsewhere, and
/// takes back a little of what was just written.
struct Authors {
    random: Random,
    places: [usize; 2],
    words: Vec<String>,
}

impl Authors {
    fn next(&mut self, length: usize) -> Edit {
        let author = self.random.below(2);
        if self.random.below(60) == 0 {
            self.places[author] = self.random.below(length + 1);
        }
        let at = self.places[author].min(length);
        let edit = if self.random.below(5) == 0 && at >= 8 {
            Edit::Erase { at: at - 8, length: 8 }
        } else {
            let mut text = self.words[self.random.skewed(self.words.len())].clone();
            text.push(if self.random.below(11) == 0 { '\n' } else { ' ' });
            Edit::Type { at, text }
        };
        self.follow(author, &edit);
        edit
    }

    /// Both places stay where they are in the text.
    fn follow(&mut self, author: usize, edit: &Edit) {
        for (number, place) in self.places.iter_mut().enumerate() {
            match edit {
                Edit::Type { at, text } if number == author || *place > *at => {
                    *place += text.len();
                }
                Edit::Erase { at, length } if *place > *at => {
                    *place = (*place - length).max(*at);
                }
                _ => {}
            }
        }
    }
}

/// Lines that a paragraph has in print: words that do not fit go to the next one.
fn lines(paragraph: &[u8], font: &Font, column: u32) -> usize {
    let (mut lines, mut width, mut word) = (1, 0, 0);
    for (at, &character) in paragraph.iter().enumerate() {
        let next = paragraph.get(at + 1).copied().unwrap_or(b' ');
        word += font.advance(character, next);
        if character == b' ' {
            if width + word > column {
                lines += 1;
                width = 0;
            }
            width += word;
            word = 0;
        }
    }
    lines + usize::from(width + word > column)
}

/// Pages of a script; no paragraph of up to three lines is torn apart.
fn pages(script: &str, font: &Font, columns: [u32; 2]) -> usize {
    let (mut pages, mut on_page) = (1, 0);
    for (number, paragraph) in script.lines().enumerate() {
        let lines = lines(paragraph.as_bytes(), font, columns[number % 2]);
        if on_page + lines > LINES {
            pages += 1;
            on_page = if lines <= 3 { lines } else { (on_page + lines) % LINES };
        } else {
            on_page += lines;
        }
    }
    pages
}

fn main() {
    let font = Font::new(518);
    let mut script = Script { text: truth::text(42_000, 3_000, 5180), ..Script::default() };
    let words = (0..3_000).map(truth::word).collect();
    let mut authors = Authors { random: Random::new(5181), places: [0, 0], words };
    let mut printed = 0;
    for session in 0..SESSIONS {
        for _ in 0..EDITS {
            let edit = authors.next(script.text.len());
            script.apply(&edit);
        }
        let pages = COLUMNS.map(|columns| pages(&script.text, &font, columns));
        printed += pages.iter().sum::<usize>();
        if session % 10 == 0 {
            println!("session {session}: {pages:?} pages, {} characters", script.text.len());
        }
    }
    println!("{} typed, {} erased, {printed} pages printed", script.typed, script.erased);
}
