/// The places that one picture has told, so that each one's texts are made once; used by one thread.
final class KnownSites {
  private var sites: [WaitPlace: SourceSite] = [:]
  /// The last one told: many tasks wait at the same line.
  private var lastPlace = WaitPlace(file: 0, line: 0, function: 0)
  private var lastSite: SourceSite?

  func site(_ place: WaitPlace) -> SourceSite? {
    if place == lastPlace { return lastSite }
    guard let site = sites[place] ?? SourceSite(place) else { return nil }
    sites[place] = site
    (lastPlace, lastSite) = (place, site)
    return site
  }
}
