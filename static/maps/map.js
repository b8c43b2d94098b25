// The map of the zones. The page loads this file only; what draws the map is fetched when somebody opens it.

const WHOLE_COUNTRY = [[3.3, 50.7], [7.8, 53.6]]; // with room for the names in the east
const COUNTRY_FRAME = [[1.0, 50.0], [9.0, 54.2]]; // what scripts/draw_base_map.py draws: beyond it is nothing
const AMONG_OTHERS = 9; // without streets: at first a zone lies among its neighbours and rivers, and not alone
const DAY = {
  water: "#dbe7ee", river: "#a9c8d8", land: "#f6f4ee", green: "#dfe9d2", building: "#e6e1d6", edge: "#c9c5ba",
  street: "#ffffff", road: "#f3d9a4", highway: "#e8a95b", ink: "#333333", halo: "#ffffff", zone: "#00749e", zoneInk: "#00425c",
};
const NIGHT = {
  water: "#15242c", river: "#2b4a5a", land: "#232a28", green: "#24332a", building: "#2e3634", edge: "#45504c",
  street: "#3b4543", road: "#5d5440", highway: "#7d6034", ink: "#d3d8d6", halo: "#161c1a", zone: "#5fc3b2", zoneInk: "#b6ece2",
};
const DARK = matchMedia("(prefers-color-scheme: dark)");
const VECTOR = 1; // the tile type of PMTiles for vector tiles; all others are pictures
const ROAD_WIDTHS = ["interpolate", ["exponential", 1.6], ["zoom"], 7, 0.4, 12, 2, 16, 12];

for (const figure of document.querySelectorAll("[data-zone-map]")) {
  figure.dataset.mapReady = ""; // for a browser whose stylesheets do not know of scripts
  figure.querySelector("[data-map-open]").addEventListener("click", () => openMap(figure), { once: true });
}

async function openMap(figure) {
  const [canvas, caption] = ["canvas", "caption"].map((part) => figure.querySelector(`[data-map-${part}]`));
  figure.querySelector("[data-map-open]").parentElement.hidden = true;
  canvas.hidden = caption.hidden = false; // at once: what stands below moves as one presses, not when the map is there
  try {
    const [library, shapes, base] = await Promise.all([
      loadLibrary(figure.dataset),
      fetch(figure.dataset.shapes).then((answer) => answer.json()),
      loadBase(figure.dataset),
    ]);
    await drawMap(library, canvas, figure.dataset, shapes, base);
    canvas.removeAttribute("aria-busy");
    canvas.querySelector("canvas").focus();
  } catch (error) {
    console.error(error);
    canvas.hidden = caption.hidden = true;
    figure.querySelector("[data-map-failed]").hidden = false;
  }
}

async function loadLibrary({ library, worker, style }) {
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  const styled = new Promise((resolve, reject) => Object.assign(sheet, { onload: resolve, onerror: reject }));
  document.head.append(sheet);
  const [maplibre] = await Promise.all([import(library), styled]);
  maplibre.setWorkerUrl(new URL(worker, location.href).href);
  return maplibre;
}

/** The sources and layers below the zones: the tiles of this installation, or the country with its water and cities. */
async function loadBase({ tiles, country, archive }) {
  if (!tiles) {
    const data = await fetch(country).then((answer) => answer.json());
    return { sources: { base: { type: "geojson", data } }, describe: describeCountry, frame: COUNTRY_FRAME, closest: AMONG_OTHERS };
  }
  const { PMTiles, Protocol } = await loadArchiveReader(archive);
  const address = new URL(tiles, location.href).href;
  const file = new PMTiles(address);
  const protocol = new Protocol();
  protocol.add(file);
  const { tileType } = await file.getHeader();
  const url = `pmtiles://${address}`;
  if (tileType !== VECTOR) {
    return {
      protocol,
      sources: { base: { type: "raster", url, tileSize: 256 } },
      describe: () => [{ id: "base", type: "raster", source: "base" }],
    };
  }
  return { protocol, sources: { base: { type: "vector", url } }, describe: describeStreets };
}

/** It is no module: it leaves what it has in `window`. */
async function loadArchiveReader(src) {
  await new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject }));
  });
  return window.pmtiles;
}

const describeHalo = (colours) => ({ "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.5 });

/** Layers over the shapes of `scripts/draw_base_map.py`, each of one kind. */
function describeCountry(colours) {
  const layer = (kind, type, rest) => ({ id: kind, type, source: "base", filter: ["==", ["get", "kind"], kind], ...rest });
  return [
    layer("land", "fill", { paint: { "fill-color": colours.land, "fill-outline-color": colours.edge } }),
    layer("water", "fill", { paint: { "fill-color": colours.water } }),
    layer("river", "line", { paint: { "line-color": colours.river, "line-width": 1.5 } }),
    layer("border", "line", { paint: { "line-color": colours.ink, "line-opacity": 0.5, "line-dasharray": [4, 2] } }),
    layer("place", "symbol", { layout: { "text-field": ["get", "name"], "text-size": 12 }, paint: describeHalo(colours) }),
  ];
}

/** Layers over tiles in the schema of Protomaps. */
function describeStreets(colours) {
  const layer = (id, type, part, rest) => ({ id, type, source: "base", "source-layer": part, ...rest });
  const name = ["coalesce", ["get", "name:nl"], ["get", "name"]];
  const kinds = (...words) => ["in", ["get", "kind"], ["literal", words]];
  return [
    layer("earth", "fill", "earth", { paint: { "fill-color": colours.land } }),
    layer("green", "fill", "landuse", {
      filter: kinds("park", "forest", "wood", "nature_reserve", "grass", "meadow"),
      paint: { "fill-color": colours.green },
    }),
    layer("water", "fill", "water", {
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colours.water },
    }),
    layer("buildings", "fill", "buildings", { minzoom: 14, paint: { "fill-color": colours.building } }),
    layer("streets", "line", "roads", {
      minzoom: 12,
      filter: kinds("minor_road"),
      paint: { "line-color": colours.street, "line-width": ROAD_WIDTHS },
    }),
    layer("roads", "line", "roads", {
      filter: kinds("major_road", "highway"),
      paint: { "line-color": ["match", ["get", "kind"], "highway", colours.highway, colours.road], "line-width": ROAD_WIDTHS },
    }),
    layer("road-names", "symbol", "roads", {
      minzoom: 13,
      filter: kinds("major_road", "minor_road"),
      layout: { "symbol-placement": "line", "text-field": name, "text-size": 12 },
      paint: describeHalo(colours),
    }),
    layer("places", "symbol", "places", {
      filter: kinds("locality", "neighbourhood"),
      layout: { "text-field": name, "text-size": 13 },
      paint: describeHalo(colours),
    }),
  ];
}

async function drawMap(maplibre, canvas, { focus, attribution, words }, shapes, base) {
  if (base.protocol) maplibre.addProtocol("pmtiles", base.protocol.tile);
  const bounds = findBounds(shapes, focus) ?? WHOLE_COUNTRY;
  const fit = { padding: 8, maxZoom: base.closest ?? 14 };
  const map = new maplibre.Map({
    container: canvas,
    style: describeStyle(base, shapes),
    bounds,
    maxBounds: base.frame,
    fitBoundsOptions: fit,
    attributionControl: { compact: false, customAttribution: escapeText(attribution) },
    dragRotate: false,
    pitchWithRotate: false,
    scrollZoom: false, // the wheel scrolls the page; the buttons, a double click and + and - zoom
    locale: JSON.parse(words),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-left");
  map.on("click", ["zones-fill", "zones-point"], (event) => showZone(maplibre, map, event));
  for (const layer of ["zones-fill", "zones-point"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  await map.once("load");
  DARK.addEventListener("change", () => map.setStyle(describeStyle(base, shapes)));
  fitAgain(map, () => map.fitBounds(bounds, { ...fit, animate: false }));
}

function describeStyle({ sources, describe }, shapes) {
  const colours = DARK.matches ? NIGHT : DAY;
  return {
    version: 8,
    sources: { ...sources, zones: { type: "geojson", data: shapes } },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": colours.water } },
      ...describe(colours).map((layer) => leaveOut(layer, shapes)),
      ...describeZones(colours),
    ],
  };
}

/** When the telephone is turned, until the reader has moved the map: what they look at then stays in the middle. */
function fitAgain(map, fit) {
  const leave = (event) => {
    if (!event.originalEvent) return;
    map.off("resize", fit);
    map.off("movestart", leave);
  };
  map.on("resize", fit);
  map.on("movestart", leave);
}

/** A city with a zone has its name there; a second one beside it would only be in the way. */
function leaveOut(layer, shapes) {
  if (layer.id !== "place") return layer;
  const names = shapes.features.map((one) => one.properties.name);
  return { ...layer, filter: ["all", layer.filter, ["!", ["in", ["get", "name"], ["literal", names]]]] };
}

function describeZones(colours) {
  const areas = ["!=", ["geometry-type"], "Point"];
  const points = ["==", ["geometry-type"], "Point"];
  const zones = (id, type, filter, rest) => ({ id, type, source: "zones", filter, ...rest });
  return [
    zones("zones-fill", "fill", areas, { paint: { "fill-color": colours.zone, "fill-opacity": 0.3 } }),
    zones("zones-line", "line", areas, { paint: { "line-color": colours.zoneInk, "line-width": 2 } }),
    zones("zones-name", "symbol", points, {
      layout: {
        "text-field": ["get", "name"],
        "text-size": 13,
        "text-padding": 0,
        "text-variable-anchor": ["top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"],
        "text-radial-offset": 1,
      },
      paint: { "text-color": colours.zoneInk, "text-halo-color": colours.halo, "text-halo-width": 2 },
    }),
    zones("zones-point", "symbol", points, { // above the names, and text as they are: so no name covers a dot
      maxzoom: AMONG_OTHERS,
      layout: { "text-field": "●", "text-size": 20, "text-padding": 0, "text-allow-overlap": true },
      paint: { "text-color": colours.zone, "text-halo-color": colours.halo, "text-halo-width": 2 },
    }),
  ];
}

function showZone(maplibre, map, event) {
  const { name, url } = event.features[0].properties;
  const link = Object.assign(document.createElement("a"), { href: url, textContent: name });
  new maplibre.Popup().setLngLat(event.lngLat).setDOMContent(link).addTo(map);
}

function findBounds(shapes, focus) {
  const own = shapes.features.filter((one) => one.properties.slug === focus && one.geometry.type !== "Point");
  const points = own.flatMap((one) => one.geometry.coordinates.flat(2));
  if (!points.length) return null;
  const [longitudes, latitudes] = [points.map((point) => point[0]), points.map((point) => point[1])];
  return [
    [Math.min(...longitudes), Math.min(...latitudes)],
    [Math.max(...longitudes), Math.max(...latitudes)],
  ];
}

function escapeText(text) {
  return Object.assign(document.createElement("span"), { textContent: text }).innerHTML;
}
