@MainActor enum Paper {
  static var title = "draft"
}
@MainActor func rename(_ new: String) -> String {
  defer { Paper.title = new }
  return Paper.title
}
//:
print(await rename("final"))
print(await Paper.title)
//:
@MainActor final class Window {
  var frames: [String] = []
  let number: Int
  init(number: Int) { self.number = number }
  func draw(_ frame: String) { frames.append(frame) }
}
let window = await Window(number: 7)
print(window.number)
//:
await window.draw("sun")
await window.draw("moon")
print(await window.frames.joined(separator: "+"))
//:
let count = await MainActor.run {
  window.draw("star")
  return window.frames.count
}
print(count)
//:
let drawing = Task { @MainActor in
  window.frames.removeAll()
  return window.frames.isEmpty
}
print(await drawing.value)
//:
struct Album {
  @MainActor var photos = ["dog"]
  let owner = "ada"
  @MainActor mutating func add(_ photo: String) { photos.append(photo) }
}
@MainActor func fill() -> Int {
  var album = Album()
  album.add("cat")
  return album.photos.count
}
print(await fill(), await Album().owner)
